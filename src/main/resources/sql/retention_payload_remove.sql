-- Locked, so that nobody adds a delivery any more; but one may have been added before.
update event
set payload = null,
    payload_key_id = null
where event_id = any(:ids)
  and not exists (select 1
                  from delivery
                  where delivery.event_id = event.event_id
                    and delivery.state in ('pending', 'suspended'))
