select octet_length(payload)
from event
where event_id = :eventId
