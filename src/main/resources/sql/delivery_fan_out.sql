-- One delivery for each callback of that notification type whose partner may see the event and wants it; one event a row of the
-- arrays, with whose it is. Of a callback that is suspended it is set aside. An echo is not filtered. Two branches, for H2 uses the
-- index of the grants by sender and tenant for one tenant only. Whom it would be: delivery_partners.sql; change both.
insert into delivery (delivery_id, event_id, destination, lane, route, state, due_at, finished_at, reason, claim_number)
select gen_random_uuid(), event_id, 'callback/' || partner_id || '/' || :type, 'callback/' || partner_id, :route,
       case when suspended then 'suspended' else 'pending' end,
       case when not suspended then current_timestamp end,
       case when suspended then current_timestamp end,
       case when suspended then 'the callback is suspended' end,
       0
from (
    select accepted.event_id, callback.partner_id, callback.state = 'suspended' as suspended
    from unnest(cast(:eventId as uuid array), cast(:sender as varchar array), cast(:tenant as varchar array),
                cast(:eventType as varchar array), cast(:status as varchar array))
        as accepted (event_id, sender, tenant, type, status)
    join partner_grant on partner_grant.sender = accepted.sender and partner_grant.tenant = accepted.tenant
    join callback on callback.partner_id = partner_grant.partner_id
    where callback.notification_type = cast(:type as integer)
      and callback.state in ('active', 'suspended')
      and (callback.types is null or partner_grant.sender = 'partner-api' or accepted.type = any(callback.types))
      and (callback.statuses is null or partner_grant.sender = 'partner-api' or accepted.status = any(callback.statuses))
    union
    select accepted.event_id, callback.partner_id, callback.state = 'suspended' as suspended
    from unnest(cast(:eventId as uuid array), cast(:sender as varchar array), cast(:tenant as varchar array),
                cast(:eventType as varchar array), cast(:status as varchar array))
        as accepted (event_id, sender, tenant, type, status)
    join partner_grant on partner_grant.sender = accepted.sender and partner_grant.tenant = '*'
    join callback on callback.partner_id = partner_grant.partner_id
    where callback.notification_type = cast(:type as integer)
      and callback.state in ('active', 'suspended')
      and (callback.types is null or partner_grant.sender = 'partner-api' or accepted.type = any(callback.types))
      and (callback.statuses is null or partner_grant.sender = 'partner-api' or accepted.status = any(callback.statuses))
) called
on conflict do nothing
