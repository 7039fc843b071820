delete from delivery
where event_id = any(:ids)
