-- An older event never overwrites a newer one.
update coverage_discovery_task
set status = :?status, name = :?name, type = :?type, tenant_name = :?tenant_name, trace_id = :?trace_id,
    correlation_id = :?correlation_id, callback_url = :?callback_url,
    started_at = :?started_at, started_at_text = :?started_at_text, ended_at = :?ended_at, ended_at_text = :?ended_at_text,
    real_time_id = :?real_time_id, real_time_name = :?real_time_name,
    real_time_at = :?real_time_at, real_time_at_text = :?real_time_at_text,
    real_time_transaction_id = :?real_time_transaction_id, real_time_status = :?real_time_status,
    real_time_payer_id = :?real_time_payer_id, real_time_x12_271 = :?real_time_x12_271,
    event_id = :?event_id, event_order = :?event_order
where tenant = :?tenant and task_id = :?task_id
  and event_order < :?event_order
