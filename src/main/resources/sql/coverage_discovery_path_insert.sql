insert into coverage_discovery_path (event_id, position, tenant, task_id, outcome, path_id, name, description,
    occurred_at, occurred_at_text, transaction_id, transaction_status, payer_id, x12_271, skip_reason, event_order)
values (:?event_id, :?position, :?tenant, :?task_id, :?outcome, :?path_id, :?name, :?description,
    :?occurred_at, :?occurred_at_text, :?transaction_id, :?transaction_status, :?payer_id, :?x12_271, :?skip_reason, :?event_order)
on conflict do nothing
