-- Deliveries that were set aside for a callback which is active: it was resumed while they were.
update delivery
set state = 'pending',
    due_at = current_timestamp,
    waiting_since = current_timestamp,
    finished_at = null
where state = 'suspended' -- still, should another instance do the same
  and delivery_id in (select delivery_id
                      from delivery
                      where state = 'suspended'
                        and destination in (select 'callback/' || partner_id || '/' || notification_type
                                            from callback
                                            where state = 'active')
                      limit 10000)
