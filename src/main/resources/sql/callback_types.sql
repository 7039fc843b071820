select notification_type
from callback
where partner_id = :partner
