select count(*)
from event
where sender = :sender
  and coalesce(tenant, '') = :tenant
  and subject = :subject
  and state <> 'erased'
