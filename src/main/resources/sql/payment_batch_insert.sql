insert into payment_batch (tenant, batch_id, type, status, org, account, sub_account, total_amount,
    number_of_payments, funding_method, occurred_at, event_id, event_order)
values (:?tenant, :?batch_id, :?type, :?status, :?org, :?account, :?sub_account, :?total_amount, :?number_of_payments,
    :?funding_method, :?occurred_at, :?event_id, :?event_order)
on conflict do nothing
