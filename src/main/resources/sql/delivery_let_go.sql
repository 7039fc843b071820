-- Due since they were: so they come in the order in which they would have.
update delivery
set route = :route,
    due_at = held_due_at,
    held_due_at = null
where delivery_id = any(:ids)
