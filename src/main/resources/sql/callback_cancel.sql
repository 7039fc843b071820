-- Whichever route performs it: all callbacks, those of the partner, or this one. The routes make it a question for the index.
update delivery
set state = 'cancelled',
    due_at = null,
    owner = null,
    finished_at = current_timestamp,
    reason = 'the callback was deleted'
where route in ('callback', :ofPartner, :destination)
  and due_at is not null
  and destination = :destination
