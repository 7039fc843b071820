-- The next key that seals payloads; an index has them in order.
select min(payload_key_id)
from event
where payload_key_id > :after
