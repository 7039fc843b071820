update erasure
set due_at = current_timestamp + cast(:leaseMillis as integer) * interval '0.001' second
where erasure_id = :erasureId
