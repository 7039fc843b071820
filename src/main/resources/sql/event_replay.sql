select event_id, sender, type, status, subject, tenant, subtenant, correlation_id, state, reason, payload
from event
where event_id = :eventId
