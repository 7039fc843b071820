-- How many of what ended are of one kind, the most first. A line with a parameter that was not asked for is left out.
select d.destination, d.reason, count(*) as deliveries, min(d.finished_at) as oldest, max(d.finished_at) as newest
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
group by d.destination, d.reason
order by 3 desc, 1, 2
limit :limit
