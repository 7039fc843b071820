insert into coverage_discovery_task (tenant, task_id, status, name, type, tenant_name, trace_id, correlation_id, callback_url,
    started_at, started_at_text, ended_at, ended_at_text,
    real_time_id, real_time_name, real_time_at, real_time_at_text,
    real_time_transaction_id, real_time_status, real_time_payer_id, real_time_x12_271, event_id, event_order)
values (:?tenant, :?task_id, :?status, :?name, :?type, :?tenant_name, :?trace_id, :?correlation_id, :?callback_url,
    :?started_at, :?started_at_text, :?ended_at, :?ended_at_text,
    :?real_time_id, :?real_time_name, :?real_time_at, :?real_time_at_text,
    :?real_time_transaction_id, :?real_time_status, :?real_time_payer_id, :?real_time_x12_271, :?event_id, :?event_order)
on conflict do nothing
