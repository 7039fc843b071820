select event_id, sender, type, status, subject, tenant, subtenant, correlation_id, state, reason, payload, payload_key_id
from event
where event_id = :eventId
