-- Whoever changes the row may make the one attempt.
update circuit
set state = 'half-open',
    open_until = current_timestamp + cast(:leaseMillis as integer) * interval '0.001' second
where lane = :lane
  and state <> 'closed'
  and open_until <= current_timestamp
