select notification_type, url, state, created_at, updated_at
from callback
where partner_id = :partner
  and notification_type = :type
