insert into document (tenant, document_id, type, status, source, causation_id, occurred_at, occurred_at_text,
    event_id, event_order)
values (:?tenant, :?document_id, :?type, :?status, :?source, :?causation_id, :?occurred_at, :?occurred_at_text,
    :?event_id, :?event_order)
on conflict do nothing
