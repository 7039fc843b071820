-- Due deliveries that are kept back, the oldest first, which no other instance is moving at this moment.
select delivery_id
from delivery
where route = :route
  and due_at <= current_timestamp
  and (lane = any(:lanes) or destination = any(:paused))
order by route, due_at -- as the index has it
limit :limit
for update skip locked
