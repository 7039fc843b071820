insert into signing_key (key_id, sealed)
values (:keyId, :sealed)
on conflict do nothing
