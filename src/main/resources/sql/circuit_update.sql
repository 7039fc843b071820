update circuit
set state = :state,
    failures = :failures,
    openings = :openings,
    open_until = case when :moved then current_timestamp + cast(:pauseMillis as bigint) * interval '0.001' second
                      else open_until end,
    changed_at = case when :moved then current_timestamp else changed_at end
where lane = :lane
