-- The oldest first. A line with a parameter that was not asked for is left out.
select event_id, commit_sequence
from event
where commit_sequence > :cursor
  and sender = :sender
  and type = :type
  and status = :status
  and subject = :subject
  and tenant = :tenant
  and correlation_id = :correlationId
  and state = :state
  and exists (select 1 from delivery where delivery.event_id = event.event_id and delivery.state = :delivery)
  and received_at >= :from
  and received_at < :to
order by commit_sequence
limit :limit
