select sender, coalesce(tenant, '') as tenant, coalesce(subject, '') as subject
from event
where event_id = :eventId
