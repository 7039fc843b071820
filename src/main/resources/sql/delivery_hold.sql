-- Out of the way of sweeps, which would pass over them each time, until they are let go (delivery_let_go.sql).
update delivery
set route = 'held ' || route,
    held_due_at = due_at,
    due_at = null,
    owner = null
where delivery_id = any(:ids)
