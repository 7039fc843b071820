delete from delivery_request_item
where tenant = :?tenant
  and delivery_request_id = :?subject
  and event_id = coalesce(cast(:?event_id as uuid), event_id)
