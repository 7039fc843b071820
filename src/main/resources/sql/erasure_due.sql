select erasure_id, state, sender, tenant, subject, event_id, reason, requested_at, requested_by
from erasure
where due_at <= current_timestamp
order by due_at
limit 1
for update skip locked
