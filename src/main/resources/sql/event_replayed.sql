-- What was parked or quarantined has found its way, and is what today's template takes out of it.
update event
set state = 'accepted',
    reason = null,
    type = :type,
    status = :status,
    subject = :subject
where event_id = :eventId
  and state <> 'erased'
