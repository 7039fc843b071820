-- A batch in one statement; one event a row of the arrays. How many were not there yet is the answer.
insert into event (event_id, commit_sequence, batch_id, sender, type, status, subject, tenant, subtenant, correlation_id,
                   state, reason, occurred_at, event_order, received_at, content_type, test, body_hash, traceparent, payload,
                   payload_key_id)
select event_id, commit_sequence, cast(:batchId as uuid), sender, type, status, subject, tenant, subtenant, correlation_id,
       state, reason, occurred_at, event_order, cast(:receivedAt as timestamp(6) with time zone), content_type, test,
       body_hash, traceparent, payload, cast(:payloadKeyId as varchar)
from unnest(cast(:eventId as uuid array), cast(:commitSequence as bigint array), cast(:sender as varchar array),
            cast(:type as varchar array), cast(:status as varchar array), cast(:subject as varchar array),
            cast(:tenant as varchar array), cast(:subtenant as varchar array), cast(:correlationId as varchar array),
            cast(:state as varchar array), cast(:reason as varchar array),
            cast(:occurredAt as timestamp(6) with time zone array), cast(:eventOrder as varchar array),
            cast(:contentType as varchar array), cast(:test as boolean array), cast(:bodyHash as bytea array),
            cast(:traceparent as varchar array), cast(:payload as bytea array))
    as accepted (event_id, commit_sequence, sender, type, status, subject, tenant, subtenant, correlation_id, state, reason,
                 occurred_at, event_order, content_type, test, body_hash, traceparent, payload)
on conflict do nothing
