-- What was set aside is due again: as much as one transaction takes; delivery_set_aside.sql finds the rest.
update delivery
set state = 'pending',
    due_at = current_timestamp,
    waiting_since = current_timestamp,
    finished_at = null
where state = 'suspended' -- still, should another instance do the same
  and delivery_id in (select delivery_id
                      from delivery
                      where state = 'suspended'
                        and destination = :destination
                      limit 10000)
