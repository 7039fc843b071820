delete from delivery_request
where tenant = :?tenant
  and delivery_request_id = :?subject
  and event_id = coalesce(cast(:?event_id as uuid), event_id)
