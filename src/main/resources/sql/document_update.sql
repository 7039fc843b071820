-- An older event never overwrites a newer one.
update document
set type = :?type, status = :?status, source = :?source, causation_id = :?causation_id, occurred_at = :?occurred_at,
    occurred_at_text = :?occurred_at_text, event_id = :?event_id, event_order = :?event_order
where tenant = :?tenant and document_id = :?document_id
  and event_order < :?event_order
