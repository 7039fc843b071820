-- Due deliveries of one route, the oldest first, but for lanes that are full or held, and what is paused. Locks nothing.
select delivery_id, lane
from delivery
where route = :route
  and due_at <= current_timestamp
  and lane <> all(:passedOver)
  and destination <> all(:paused)
order by route, due_at -- as the index has it: H2 would sort the whole backlog otherwise
limit :window
