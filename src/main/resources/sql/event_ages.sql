select event_id, received_at, current_timestamp as now
from event
where event_id = any(:ids)
