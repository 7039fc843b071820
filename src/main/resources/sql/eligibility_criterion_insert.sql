insert into eligibility_criterion (event_id, position, tenant, program_id, application_id, kind, criteria_key,
    criteria_name, evaluation_key, evaluation_name, notes, event_order)
values (:?event_id, :?position, :?tenant, :?program_id, :?application_id, :?kind, :?criteria_key, :?criteria_name,
    :?evaluation_key, :?evaluation_name, :?notes, :?event_order)
on conflict do nothing
