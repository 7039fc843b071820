delete from delivery_attempt
where delivery_id in (select delivery_id
                      from delivery
                      where event_id = any(:ids))
