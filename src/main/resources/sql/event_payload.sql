select payload, payload_key_id
from event
where event_id = :eventId
