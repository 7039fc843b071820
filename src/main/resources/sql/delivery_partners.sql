-- The partners that delivery_fan_out.sql would make a delivery for, were such an event stored. An echo is not filtered.
select callback.partner_id
from partner_grant
join callback on callback.partner_id = partner_grant.partner_id
where partner_grant.sender = :sender
  and partner_grant.tenant = :tenant
  and callback.notification_type = cast(:type as integer)
  and callback.state in ('active', 'suspended')
  and (callback.types is null or partner_grant.sender = 'partner-api' or cast(:eventType as varchar) = any(callback.types))
  and (callback.statuses is null or partner_grant.sender = 'partner-api' or cast(:status as varchar) = any(callback.statuses))
union
select callback.partner_id
from partner_grant
join callback on callback.partner_id = partner_grant.partner_id
where partner_grant.sender = :sender
  and partner_grant.tenant = '*'
  and callback.notification_type = cast(:type as integer)
  and callback.state in ('active', 'suspended')
  and (callback.types is null or partner_grant.sender = 'partner-api' or cast(:eventType as varchar) = any(callback.types))
  and (callback.statuses is null or partner_grant.sender = 'partner-api' or cast(:status as varchar) = any(callback.statuses))
order by partner_id
