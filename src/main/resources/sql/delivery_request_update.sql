-- An older event never overwrites a newer one.
update delivery_request
set delivery_channel_id = :?delivery_channel_id, description = :?description, received_at = :?received_at, event_id
    = :?event_id, event_order = :?event_order
where tenant = :?tenant and delivery_request_id = :?delivery_request_id
  and event_order < :?event_order
