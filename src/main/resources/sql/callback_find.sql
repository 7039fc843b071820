-- What an attempt has to know: where to, signed with what, how, and whether it still may.
select c.url, c.state, c.format, c.sealed_settings, c.sealed_secret,
       case when c.previous_until > current_timestamp then c.previous_secret end as previous_secret,
       exists (select 1
               from partner_grant g
               where g.partner_id = c.partner_id
                 and g.sender = :sender
                 and (g.tenant = :tenant or g.tenant = '*')) as granted
from callback c
where c.partner_id = :partner
  and c.notification_type = :type
