-- What is still to be sent, and what waits until it is resumed. By the index of the states: the finished ones are the most.
update delivery
set state = 'cancelled',
    due_at = null,
    owner = null,
    route = case when route like 'held %' then substring(route from 6) else route end,
    held_due_at = null,
    finished_at = current_timestamp,
    reason = 'the callback was deleted'
where state in ('pending', 'suspended')
  and destination = :destination
