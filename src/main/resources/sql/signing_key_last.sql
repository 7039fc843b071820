select max(cast(key_id as integer))
from signing_key
