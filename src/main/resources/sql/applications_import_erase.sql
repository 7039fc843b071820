delete from applications_import
where tenant = :?tenant
  and import_id = :?subject
  and event_id = coalesce(cast(:?event_id as uuid), event_id)
