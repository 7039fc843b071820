delete from payment_batch
where tenant = :?tenant
  and batch_id = :?subject
  and event_id = coalesce(cast(:?event_id as uuid), event_id)
