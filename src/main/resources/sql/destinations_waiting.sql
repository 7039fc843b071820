select destination, lane, count(*) as deliveries, min(due_at) as oldest
from delivery
where state = 'pending'
group by destination, lane
