select key_id, signs_from, good_until
from signing_key
order by signs_from desc
