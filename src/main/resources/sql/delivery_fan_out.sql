-- One delivery for each callback of that notification type whose partner may see the event. Two branches, for H2 uses the
-- index of the grants by sender and tenant for one tenant only. Whom it would be: delivery_partners.sql; change both.
insert into delivery (delivery_id, event_id, destination, lane, route, state, due_at, claim_number)
select gen_random_uuid(), event_id, 'callback/' || partner_id || '/' || :type, 'callback/' || partner_id, :route, 'pending',
       current_timestamp, 0
from (
    select event.event_id, callback.partner_id
    from event
    join partner_grant on partner_grant.sender = event.sender and partner_grant.tenant = coalesce(event.tenant, '')
    join callback on callback.partner_id = partner_grant.partner_id
    where event.event_id = any(:ids)
      and callback.notification_type = cast(:type as integer)
      and callback.state = 'active'
    union
    select event.event_id, callback.partner_id
    from event
    join partner_grant on partner_grant.sender = event.sender and partner_grant.tenant = '*'
    join callback on callback.partner_id = partner_grant.partner_id
    where event.event_id = any(:ids)
      and callback.notification_type = cast(:type as integer)
      and callback.state = 'active'
) called
on conflict do nothing
