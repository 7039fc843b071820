-- What was set aside is due again.
update delivery
set state = 'pending',
    due_at = current_timestamp,
    finished_at = null
where state = 'suspended'
  and destination = :destination
