-- Of one that is kept no longer: 0.
select coalesce(octet_length(payload), 0)
from event
where event_id = :eventId
  and state <> 'erased'
