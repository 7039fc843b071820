-- An older event never overwrites a newer one.
update delivery_refund
set occurred_at = :?occurred_at, event_id = :?event_id, event_order = :?event_order
where tenant = :?tenant and delivery_id = :?delivery_id
  and event_order < :?event_order
