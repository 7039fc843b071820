select delivery_id
from delivery
where route = :held
  and due_at is null
  and lane = :lane
  and state = 'pending'
  and destination <> all(:paused)
limit :limit
for update skip locked
