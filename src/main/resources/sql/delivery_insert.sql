-- A batch in one statement; one delivery a row of the arrays. Those reserved are leased to this instance, the others due at once.
insert into delivery (delivery_id, event_id, destination, lane, route, state, due_at, owner, claim_number)
select delivery_id, event_id, destination, lane, route, 'pending',
       case when reserved then current_timestamp + cast(:leaseMillis as integer) * interval '0.001' second
            else current_timestamp end,
       case when reserved then cast(:owner as uuid) end,
       case when reserved then 1 else 0 end
from unnest(cast(:deliveryId as uuid array), cast(:eventId as uuid array), cast(:destination as varchar array),
            cast(:lane as varchar array), cast(:route as varchar array), cast(:reserved as boolean array))
    as planned (delivery_id, event_id, destination, lane, route, reserved)
on conflict do nothing
