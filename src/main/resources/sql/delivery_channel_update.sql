-- An older event never overwrites a newer one.
update delivery_channel
set status = :?status, message = :?message, request_type = :?request_type, requested_at = :?requested_at,
    requested_at_text = :?requested_at_text, received_at = :?received_at, event_id = :?event_id, event_order = :?event_order
where tenant = :?tenant and delivery_channel_id = :?delivery_channel_id
  and event_order < :?event_order
