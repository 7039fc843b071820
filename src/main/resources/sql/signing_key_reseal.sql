update signing_key
set sealed = :sealed
where key_id = :keyId
  and sealed = :before
