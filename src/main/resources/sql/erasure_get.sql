select erasure_id, state, sender, event_id, reason, requested_at, requested_by, events, done_at
from erasure
where erasure_id = :erasureId
