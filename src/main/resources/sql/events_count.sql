-- How many events_oldest.sql would find. A line with a parameter that was not asked for is left out.
select count(*)
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
