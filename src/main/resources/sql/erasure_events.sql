-- Of a subject, as far as they were there when it was asked for.
select event_id
from event
where sender = :sender
  and coalesce(tenant, '') = :tenant
  and subject = :subject
  and state <> 'erased'
  and received_at <= :requestedAt
order by event_id
limit :limit
for update
