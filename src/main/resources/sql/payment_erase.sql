delete from payment
where tenant = :?tenant
  and payment_id = :?subject
  and event_id = coalesce(cast(:?event_id as uuid), event_id)
