select partner_id, name, payloads, created_at, updated_at
from partner
where partner_id = :partner
