delete from applications_import_error
where tenant = :?tenant
  and import_id = :?subject
  and event_id = coalesce(cast(:?event_id as uuid), event_id)
