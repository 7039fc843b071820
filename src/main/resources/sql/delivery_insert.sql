insert into delivery (delivery_id, event_id, destination, lane, route, state, due_at, owner, claim_number)
values (:deliveryId, :eventId, :destination, :lane, :route, 'pending',
        current_timestamp + cast(:leaseMillis as integer) * interval '0.001' second, cast(:owner as uuid), :claimNumber)
on conflict do nothing
