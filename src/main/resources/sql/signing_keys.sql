-- The one to sign with first.
select key_id, sealed
from signing_key
order by created_at desc, key_id
