insert into erasure (erasure_id, state, due_at, sender, tenant, subject, event_id, reason, requested_by)
values (:erasureId, 'events', current_timestamp, :sender, :tenant, :subject, :eventId, :reason, :requestedBy)
