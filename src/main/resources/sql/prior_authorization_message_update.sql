-- An older event never overwrites a newer one.
update prior_authorization_message
set sent_at = :?sent_at, sent_at_text = :?sent_at_text, sent_by = :?sent_by, direction = :?direction,
    content = :?content, resolution = :?resolution, attachments = :?attachments, event_id = :?event_id,
    event_order = :?event_order
where tenant = :?tenant and prior_authorization_id = :?prior_authorization_id and message_id = :?message_id
  and event_order < :?event_order
