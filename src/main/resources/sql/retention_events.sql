select event_id, received_at
from event
where payload_key_id is null
  and received_at >= :after
  and received_at < current_timestamp - cast(:days as integer) * interval '1' day
  and not exists (select 1
                  from delivery
                  where delivery.event_id = event.event_id
                    and delivery.state in ('pending', 'suspended'))
order by payload_key_id, received_at
limit :limit
for update skip locked
