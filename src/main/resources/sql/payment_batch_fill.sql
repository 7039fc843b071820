-- What an older event tells and no newer one has told: its row came first, without it.
update payment_batch
set org = coalesce(org, :?org), account = coalesce(account, :?account), sub_account = coalesce(sub_account, :?sub_account),
    total_amount = coalesce(total_amount, :?total_amount),
    number_of_payments = coalesce(number_of_payments, :?number_of_payments),
    funding_method = coalesce(funding_method, :?funding_method)
where tenant = :?tenant and batch_id = :?batch_id
  and event_order > :?event_order
