-- Rows are erased by their subject, also those that an event has written which came after the erasure was asked for.
update delivery
set state = 'pending',
    attempts = 0,
    owner = null, -- what somebody is making now, and may have written already, is made again
    due_at = current_timestamp,
    waiting_since = case when state = 'delivered' then current_timestamp else waiting_since end
where (state = 'delivered' or state = 'pending' and owner is not null)
  and destination like 'jdbc/%'
  and event_id in (select event_id
                   from event
                   where sender = :sender
                     and coalesce(tenant, '') = :tenant
                     and subject = :subject
                     and state <> 'erased')
