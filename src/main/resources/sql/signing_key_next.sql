insert into signing_key (key_id, sealed, signs_from)
values (:keyId, :sealed, current_timestamp + cast(:delaySeconds as integer) * interval '1' second)
