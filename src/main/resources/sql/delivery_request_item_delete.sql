-- Deliveries of events older than the one that the row of delivery_request shows; those of a newer one may just be on their way in.
delete from delivery_request_item
where tenant = :?tenant and delivery_request_id = :?delivery_request_id
  and event_order < (
    select event_order
    from delivery_request
    where tenant = :?tenant and delivery_request_id = :?delivery_request_id)
