-- Payloads that have served: of events that came long enough ago, and of which nothing is to be delivered any more. Those that are parked,
-- quarantined or dead somewhere are kept for longer, as they may be replayed.
select event_id, received_at
from event
where payload_key_id = :key
  and received_at >= :after
  and received_at < current_timestamp - cast(:days as integer) * interval '1' day
  and not exists (select 1
                  from delivery
                  where delivery.event_id = event.event_id
                    and delivery.state in ('pending', 'suspended'))
  and (state = 'accepted' or received_at < current_timestamp - cast(:unfinishedDays as integer) * interval '1' day)
  and not exists (select 1
                  from delivery
                  where delivery.event_id = event.event_id
                    and delivery.state = 'dead'
                    and delivery.finished_at >= current_timestamp - cast(:unfinishedDays as integer) * interval '1' day)
order by payload_key_id, received_at
limit :limit
for update skip locked
