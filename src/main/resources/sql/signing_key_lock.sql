select max(cast(key_id as integer))
from (select key_id from signing_key order by key_id for update) as locked
