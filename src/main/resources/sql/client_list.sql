select client_id, name, secret_hash, previous_hash, previous_until, scopes, tenants, partner_id, disabled, tokens_since,
       created_at, updated_at, previous_until > current_timestamp as previous_good
from client
order by client_id
