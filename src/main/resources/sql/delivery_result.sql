-- Only the holder of the current claim may say how it ended.
update delivery
set state = :state,
    attempts = attempts + 1,
    reason = :reason,
    owner = null,
    due_at = case when :finished then null
                  else current_timestamp + cast(:pauseMillis as bigint) * interval '0.001' second end,
    finished_at = case when :finished then current_timestamp end
where delivery_id = :deliveryId
  and owner = :owner
  and claim_number = :claimNumber
