-- Events that nobody has put right, and whose payload goes soon: so long after they came, or after the last delivery died.
select count(*)
from event
where payload_key_id = :key
  and received_at < current_timestamp - cast(:days as integer) * interval '1' day
  and (state <> 'accepted'
       or exists (select 1
                  from delivery
                  where delivery.event_id = event.event_id
                    and delivery.state = 'dead'))
  and not exists (select 1
                  from delivery
                  where delivery.event_id = event.event_id
                    and (delivery.state in ('pending', 'suspended')
                         or delivery.state = 'dead'
                            and delivery.finished_at >= current_timestamp - cast(:days as integer) * interval '1' day))
