select partner_id, notification_type, sealed_secret, sealed_settings, sealed_previous
from callback
where (partner_id, notification_type) > (:partner, :type)
  and (substring(sealed_secret from 1 for 5) <> :prefix
       or substring(sealed_settings from 1 for 5) <> :prefix
       or substring(sealed_previous from 1 for 5) <> :prefix)
order by partner_id, notification_type
limit :limit
for update skip locked
