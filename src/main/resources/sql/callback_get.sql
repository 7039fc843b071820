select partner_id, notification_type, url, state, format, sealed_settings, types, statuses, created_at, updated_at,
       case when previous_until > current_timestamp then previous_until end as previous_until,
       exists (select 1
               from paused_destination
               where destination = 'callback/' || partner_id || '/' || notification_type) as paused
from callback
where partner_id = :partner
  and notification_type = :type
