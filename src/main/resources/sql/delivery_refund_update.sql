-- An older event never overwrites a newer one.
update delivery_refund
set received_at = :?received_at, event_id = :?event_id, event_order = :?event_order
where tenant = :?tenant and delivery_id = :?delivery_id
  and event_order < :?event_order
