insert into prior_authorization_message (tenant, prior_authorization_id, message_id, sent_at, sent_at_text, sent_by,
    direction, content, resolution, attachments, first_event_id, event_id, event_order)
values (:?tenant, :?prior_authorization_id, :?message_id, :?sent_at, :?sent_at_text, :?sent_by, :?direction,
    :?content, :?resolution, :?attachments, :?event_id, :?event_id, :?event_order)
on conflict do nothing
