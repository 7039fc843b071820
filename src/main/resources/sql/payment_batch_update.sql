-- An older event never overwrites a newer one; what an event does not tell stays.
update payment_batch
set type = :?type, status = :?status, org = coalesce(:?org, org), account = coalesce(:?account, account),
    sub_account = coalesce(:?sub_account, sub_account), total_amount = coalesce(:?total_amount, total_amount),
    number_of_payments = coalesce(:?number_of_payments, number_of_payments),
    funding_method = coalesce(:?funding_method, funding_method), occurred_at = :?occurred_at, event_id = :?event_id,
    event_order = :?event_order
where tenant = :?tenant and batch_id = :?batch_id
  and event_order < :?event_order
