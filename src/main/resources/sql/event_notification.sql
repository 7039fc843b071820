-- A route that does without the payload does not get it; of an echo it is the notification itself.
select event_id, sender, type, status, subject, tenant, correlation_id, occurred_at, received_at, event_order, traceparent,
       case when :payload or sender = 'partner-api' then payload end as payload, payload_key_id
from event
where event_id = any(:ids)
  and state <> 'erased'
