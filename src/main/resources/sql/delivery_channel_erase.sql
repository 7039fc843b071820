delete from delivery_channel
where tenant = :?tenant
  and delivery_channel_id = :?subject
  and event_id = coalesce(cast(:?event_id as uuid), event_id)
