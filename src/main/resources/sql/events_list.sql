select event_id, sender, type, status, subject, tenant, correlation_id, state, reason, test, occurred_at, received_at,
       commit_sequence
from event
where (cast(:sender as varchar) is null or sender = :sender)
  and (cast(:type as varchar) is null or type = :type)
  and (cast(:status as varchar) is null or status = :status)
  and (cast(:subject as varchar) is null or subject = :subject)
  and (cast(:tenant as varchar) is null or tenant = :tenant)
  and (cast(:correlationId as varchar) is null or correlation_id = :correlationId)
  and (cast(:state as varchar) is null or state = :state)
  and (cast(:delivery as varchar) is null
       or exists (select 1 from delivery where delivery.event_id = event.event_id and delivery.state = :delivery))
  and (cast(:from as timestamp with time zone) is null or received_at >= :from)
  and (cast(:to as timestamp with time zone) is null or received_at < :to)
  and commit_sequence < :cursor
order by commit_sequence desc
limit :limit
