insert into delivery_request_item (event_id, position, tenant, delivery_request_id, delivery_id, beneficiary_id,
    options, amount, unit, event_order)
values (:?event_id, :?position, :?tenant, :?delivery_request_id, :?delivery_id, :?beneficiary_id, :?options,
    :?amount, :?unit, :?event_order)
on conflict do nothing
