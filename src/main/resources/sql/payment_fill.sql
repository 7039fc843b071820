-- What an older event tells and no newer one has told: its row came first, without it.
update payment
set amount = coalesce(amount, :?amount), network_payment_id = coalesce(network_payment_id, :?network_payment_id),
    network_id = coalesce(network_id, :?network_id), application_id = coalesce(application_id, :?application_id),
    batch_start_time = coalesce(batch_start_time, :?batch_start_time), start_time = coalesce(start_time, :?start_time)
where tenant = :?tenant and payment_id = :?payment_id
  and event_order > :?event_order
