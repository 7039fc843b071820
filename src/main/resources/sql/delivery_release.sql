update delivery
set owner = null,
    due_at = current_timestamp
where delivery_id = :deliveryId
  and owner = :owner
  and claim_number = :claimNumber
