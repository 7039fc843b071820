-- An older event never overwrites a newer one.
update applications_import
set program_id = :?program_id, status = :?status, total_records = :?total_records, success_count = :?success_count,
    failure_count = :?failure_count, received_at = :?received_at, event_id = :?event_id, event_order = :?event_order
where tenant = :?tenant and import_id = :?import_id
  and event_order < :?event_order
