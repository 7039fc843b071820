-- Only the holder of the current claim may say how it ended. Other ends: delivery_result.sql.
update delivery
set state = 'delivered',
    attempts = attempts + 1,
    reason = null,
    owner = null,
    due_at = null,
    finished_at = current_timestamp
where delivery_id = any(:ids)
  and owner = :owner
  and claim_number = :claimNumber
