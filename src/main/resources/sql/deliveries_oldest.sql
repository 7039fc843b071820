-- What ended, the oldest first. A line with a parameter that was not asked for is left out.
select d.delivery_id, d.state, d.generation, d.attempts
from delivery d
where d.state = :state
  and d.lane = 'callback/' || :partner
  and d.destination = :destination
  and d.reason = :reason
  and exists (select 1 from event e where e.event_id = d.event_id and e.sender = :sender)
  and exists (select 1 from event e where e.event_id = d.event_id and e.type = :type)
  and exists (select 1 from event e where e.event_id = d.event_id and e.tenant = :tenant)
  and exists (select 1 from event e where e.event_id = d.event_id and e.subject = :subject)
  and d.finished_at >= :from
  and d.finished_at < :to
order by d.finished_at, d.delivery_id
limit :limit
