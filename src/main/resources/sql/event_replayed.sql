-- What was parked or quarantined may have found its way.
update event
set state = :state,
    reason = null
where event_id = :eventId
