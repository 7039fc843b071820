insert into applications_import_error (event_id, position, tenant, import_id, application_id, error, event_order)
values (:?event_id, :?position, :?tenant, :?import_id, :?application_id, :?error, :?event_order)
on conflict do nothing
