delete from delivery_refund
where tenant = :?tenant
  and delivery_id = :?subject
  and event_id = coalesce(cast(:?event_id as uuid), event_id)
