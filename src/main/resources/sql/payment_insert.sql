insert into payment (tenant, payment_id, type, status, amount, network_payment_id, network_id, network_status,
    application_id, reason, distribution_service, document_url, batch_start_time, start_time, occurred_at, event_id,
    event_order)
values (:?tenant, :?payment_id, :?type, :?status, :?amount, :?network_payment_id, :?network_id, :?network_status,
    :?application_id, :?reason, :?distribution_service, :?document_url, :?batch_start_time, :?start_time,
    :?occurred_at, :?event_id, :?event_order)
on conflict do nothing
