-- Whoever is making one now has no claim any more.
update delivery
set state = 'cancelled',
    reason = 'the event was erased',
    due_at = null,
    held_due_at = null,
    owner = null,
    finished_at = coalesce(finished_at, current_timestamp)
where event_id = any(:ids)
  and state <> 'delivered'
