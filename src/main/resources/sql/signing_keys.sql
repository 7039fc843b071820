-- Those that are good, the one to sign with first.
select key_id, sealed
from signing_key
where good_until is null
   or good_until > current_timestamp
order by case when signs_from <= current_timestamp then 0 else 1 end, signs_from desc, key_id
