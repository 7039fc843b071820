-- What was set aside is due again; and, where all is wanted, whatever waits for its turn.
update delivery
set state = 'pending',
    due_at = current_timestamp,
    finished_at = null
where (state = 'suspended' or :all and state = 'pending' and owner is null)
  and destination = :destination
