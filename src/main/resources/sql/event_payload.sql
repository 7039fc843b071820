select payload
from event
where event_id = :eventId
