insert into delivery_request (tenant, delivery_request_id, delivery_channel_id, description, received_at, event_id,
    event_order)
values (:?tenant, :?delivery_request_id, :?delivery_channel_id, :?description, :?received_at, :?event_id,
    :?event_order)
on conflict do nothing
