update delivery
set route = :newRoute
where route = :route
  and destination = :destination
  and due_at is not null
