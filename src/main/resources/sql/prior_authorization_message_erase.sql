delete from prior_authorization_message
where tenant = :?tenant
  and prior_authorization_id = :?subject
  and event_id = coalesce(cast(:?event_id as uuid), event_id)
