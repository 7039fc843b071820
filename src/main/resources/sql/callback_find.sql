-- What an attempt has to know: where to, signed with what, how, and whether it still may.
select c.url, c.updated_at, c.state, c.format, c.sealed_settings, c.sealed_secret, c.sealed_previous, p.payloads,
       exists (select 1
               from partner_grant g
               where g.partner_id = c.partner_id
                 and g.sender = :sender
                 and (g.tenant = :tenant or g.tenant = '*')) as granted
from callback c
join partner p on p.partner_id = c.partner_id
where c.partner_id = :partner
  and c.notification_type = :type
