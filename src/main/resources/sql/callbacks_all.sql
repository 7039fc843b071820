-- The callbacks of all partners.
select c.partner_id, p.name, c.notification_type, c.url, c.state, c.updated_at
from callback c
join partner p on p.partner_id = c.partner_id
order by c.partner_id, c.notification_type
limit :limit
