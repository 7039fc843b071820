select partner_id, notification_type, url, state, format, sealed_settings, sealed_previous, types, statuses, created_at,
       updated_at,
       exists (select 1
               from paused_destination
               where destination = 'callback/' || partner_id || '/' || notification_type) as paused
from callback
where partner_id = :partner
  and notification_type = :type
