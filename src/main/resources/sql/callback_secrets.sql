select sealed_secret, sealed_previous
from callback
where partner_id = :partner
  and notification_type = :type
