insert into event (event_id, commit_sequence, batch_id, sender, type, status, subject, tenant, subtenant, correlation_id,
                   state, reason, occurred_at, event_order, content_type, test, body_hash, payload)
values (:eventId, :commitSequence, :batchId, :sender, :type, :status, :subject, :tenant, :subtenant, :correlationId,
        :state, :reason, :occurredAt, :eventOrder, :contentType, :test, :bodyHash, :payload)
on conflict do nothing
