select event_id, sender, type, status, subject, tenant, correlation_id, occurred_at, event_order, payload
from event
where event_id = :eventId
