select event_id, octet_length(payload) as bytes
from event
where payload_key_id = :key
order by payload_key_id, received_at
limit :limit
for update skip locked
