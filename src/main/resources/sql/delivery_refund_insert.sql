insert into delivery_refund (tenant, delivery_id, received_at, event_id, event_order)
values (:?tenant, :?delivery_id, :?received_at, :?event_id, :?event_order)
on conflict do nothing
