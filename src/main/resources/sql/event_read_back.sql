select event_id, batch_id, body_hash
from event
where event_id = any(:ids)
