select delivery_id, started_at, duration_ms, outcome, status, reason
from delivery_attempt
where delivery_id = any(:ids)
order by claim_number
