select d.delivery_id, d.state, a.outcome, a.status, a.duration_ms
from delivery d
left join delivery_attempt a on a.delivery_id = d.delivery_id
where d.event_id = :eventId
  and d.destination = :destination
order by a.claim_number
limit 1
