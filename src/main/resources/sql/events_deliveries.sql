select delivery_id, event_id, destination, state, reason, due_at,
       case when state <> 'pending' then finished_at end as finished_at -- of a replay: not that of before
from delivery
where event_id = any(:ids)
order by destination
