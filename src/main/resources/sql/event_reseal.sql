update event
set payload = :payload,
    payload_key_id = :keyId
where event_id = :eventId
