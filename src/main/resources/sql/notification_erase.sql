delete from notification
where sender = :?sender
  and tenant = :?tenant
  and subject = :?subject
  and event_id = coalesce(cast(:?event_id as uuid), event_id)
