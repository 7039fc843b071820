insert into delivery_channel (tenant, delivery_channel_id, status, message, request_type, requested_at,
    requested_at_text, received_at, event_id, event_order)
values (:?tenant, :?delivery_channel_id, :?status, :?message, :?request_type, :?requested_at, :?requested_at_text,
    :?received_at, :?event_id, :?event_order)
on conflict do nothing
