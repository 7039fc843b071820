update notification
set type = :?type, status = :?status, occurred_at = :?occurred_at, event_id = :?event_id, event_order = :?event_order
where sender = :?sender and tenant = :?tenant and subject = :?subject
  and event_order < :?event_order
