select notification_type, url, state, created_at, updated_at
from callback
where partner_id = :partner
order by notification_type
limit :limit
offset :offset
