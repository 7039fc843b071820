select event_id
from event
where event_id = :eventId
  and state <> 'erased'
for update
