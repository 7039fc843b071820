-- The partners that delivery_fan_out.sql would make a delivery for, were such an event stored.
select callback.partner_id
from partner_grant
join callback on callback.partner_id = partner_grant.partner_id
where partner_grant.sender = :sender
  and partner_grant.tenant = :tenant
  and callback.notification_type = cast(:type as integer)
  and callback.state = 'active'
union
select callback.partner_id
from partner_grant
join callback on callback.partner_id = partner_grant.partner_id
where partner_grant.sender = :sender
  and partner_grant.tenant = '*'
  and callback.notification_type = cast(:type as integer)
  and callback.state = 'active'
order by partner_id
