select sender, type, status, subject, tenant, subtenant, correlation_id, state, reason, test, payload
from event
where event_id = :eventId
