select destination, lane, count(*) as deliveries, min(coalesce(due_at, held_due_at)) as oldest
from delivery
where state = 'pending'
group by destination, lane
