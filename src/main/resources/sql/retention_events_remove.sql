delete from event
where event_id = any(:ids)
