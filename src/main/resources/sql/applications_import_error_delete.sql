-- Errors of events older than the one that the row of applications_import shows; those of a newer one may just be on their way in.
delete from applications_import_error
where tenant = :?tenant and import_id = :?import_id
  and event_order < (
    select event_order
    from applications_import
    where tenant = :?tenant and import_id = :?import_id)
