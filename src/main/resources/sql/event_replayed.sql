-- What was parked or quarantined has found its way.
update event
set state = 'accepted',
    reason = null
where event_id = :eventId
