delete from document
where tenant = :?tenant
  and document_id = :?subject
  and event_id = coalesce(cast(:?event_id as uuid), event_id)
