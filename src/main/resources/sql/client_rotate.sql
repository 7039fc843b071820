update client
set previous_hash = secret_hash,
    previous_until = current_timestamp + cast(:overlapSeconds as integer) * interval '1' second,
    secret_hash = :secretHash,
    updated_at = current_timestamp
where client_id = :client
