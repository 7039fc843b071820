-- What is left is a tombstone: its id, so that it is known when it comes again, with any body.
update event
set state = 'erased',
    payload = null,
    payload_key_id = null,
    body_hash = :nothing,
    subject = null,
    correlation_id = null,
    traceparent = null,
    reason = null
where event_id = any(:ids)
