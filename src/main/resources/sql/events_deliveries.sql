select delivery_id, event_id, destination, state, reason, due_at, finished_at
from delivery
where event_id = any(:ids)
order by destination
