update delivery
set route = :route,
    due_at = current_timestamp
where delivery_id = any(:ids)
