-- The next lane with held deliveries, by the index: however many there are of each.
select lane
from delivery
where route = :held
  and due_at is null
  and state = 'pending'
  and lane > :after
order by route, due_at, lane
limit 1
