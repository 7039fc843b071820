-- Not before every attempt that had the event in memory is over.
update erasure
set state = 'rows',
    due_at = current_timestamp + cast(:leaseMillis as integer) * interval '0.001' second
where erasure_id = :erasureId
