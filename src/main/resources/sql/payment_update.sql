-- An older event never overwrites a newer one; what an event does not tell stays.
update payment
set type = :?type, status = :?status, amount = coalesce(:?amount, amount),
    network_payment_id = coalesce(:?network_payment_id, network_payment_id),
    network_id = coalesce(:?network_id, network_id), network_status = :?network_status,
    application_id = coalesce(:?application_id, application_id), reason = :?reason,
    distribution_service = :?distribution_service, document_url = :?document_url,
    batch_start_time = coalesce(:?batch_start_time, batch_start_time),
    start_time = coalesce(:?start_time, start_time), occurred_at = :?occurred_at, event_id = :?event_id,
    event_order = :?event_order
where tenant = :?tenant and payment_id = :?payment_id
  and event_order < :?event_order
