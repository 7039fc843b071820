-- What ended, the latest first. A line with a parameter that was not asked for is left out.
select d.delivery_id, d.event_id, d.destination, d.state, d.reason, d.generation, d.due_at, d.finished_at,
       e.sender, e.type, e.status, e.subject, e.tenant
from delivery d
join event e on e.event_id = d.event_id
where d.state = :state
  and d.lane = 'callback/' || :partner
  and d.destination = :destination
  and d.reason = :reason
  and e.sender = :sender
  and e.type = :type
  and e.tenant = :tenant
  and e.subject = :subject
  and d.finished_at >= :from
  and d.finished_at < :to
  and (d.finished_at, d.delivery_id) < (:beforeTime, :beforeId)
order by d.finished_at desc, d.delivery_id desc
limit :limit
