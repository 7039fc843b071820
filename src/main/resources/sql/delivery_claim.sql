update delivery
set owner = :owner,
    claim_number = claim_number + 1,
    due_at = current_timestamp + cast(:leaseMillis as integer) * interval '0.001' second
where delivery_id = any(:ids)
