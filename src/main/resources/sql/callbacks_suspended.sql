select partner_id, notification_type, updated_at
from callback
where state = 'suspended'
order by partner_id, notification_type
