select event_id, sender, type, status, subject, tenant, subtenant, correlation_id, state, reason, test, occurred_at, received_at,
       commit_sequence
from event
where event_id = :eventId
