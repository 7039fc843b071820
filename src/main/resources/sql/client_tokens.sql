select one.read_at, client.client_id, client.tokens_since
from (select current_timestamp as read_at) as one
left join client on not client.disabled
