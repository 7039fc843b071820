select event_id, batch_id, body_hash, received_at
from event
where event_id = any(:ids)
