update signing_key
set good_until = current_timestamp + cast(:seconds as integer) * interval '1' second
where key_id <> :keyId
  and (good_until is null or good_until > current_timestamp + cast(:seconds as integer) * interval '1' second)
