-- The first half of docs/upgrade.md, "From H2 to PostgreSQL": writes each table of the H2 file into the folder h2-export, as PostgreSQL reads it.
-- Run by H2's RunScript, in the folder of the distribution. Tables of yours: add them here and in import.sql.

-- The inbox. PostgreSQL wants bytes and arrays in forms of its own, so the columns of these are listed, in their order.
call csvwrite('h2-export/partner.csv', 'select * from partner');
call csvwrite('h2-export/partner_grant.csv', 'select * from partner_grant');
call csvwrite('h2-export/callback.csv',
    'select partner_id, notification_type, url, state, ''\x'' || rawtohex(sealed_secret), created_at, updated_at, format, ''\x'' || rawtohex(sealed_settings),
     regexp_replace(cast(cast(types as json) as varchar), ''^\[(.*)\]$'', ''{\1}''),
     regexp_replace(cast(cast(statuses as json) as varchar), ''^\[(.*)\]$'', ''{\1}''),
     ''\x'' || rawtohex(sealed_previous)
     from callback');
call csvwrite('h2-export/client.csv',
    'select client_id, name, secret_hash, previous_hash, previous_until,
     regexp_replace(cast(cast(scopes as json) as varchar), ''^\[(.*)\]$'', ''{\1}''),
     regexp_replace(cast(cast(tenants as json) as varchar), ''^\[(.*)\]$'', ''{\1}''),
     partner_id, disabled, tokens_since, created_at, updated_at
     from client');
call csvwrite('h2-export/signing_key.csv',
    'select key_id, ''\x'' || rawtohex(sealed), created_at, signs_from, good_until
     from signing_key');
call csvwrite('h2-export/event.csv',
    'select event_id, commit_sequence, batch_id, sender, type, status, subject, tenant, subtenant, correlation_id, state, reason, occurred_at,
     event_order, received_at, content_type, test, ''\x'' || rawtohex(body_hash), ''\x'' || rawtohex(payload), payload_key_id, traceparent
     from event');
call csvwrite('h2-export/delivery.csv', 'select * from delivery');
call csvwrite('h2-export/delivery_attempt.csv', 'select * from delivery_attempt');
call csvwrite('h2-export/circuit.csv', 'select * from circuit');
call csvwrite('h2-export/paused_destination.csv', 'select * from paused_destination');
call csvwrite('h2-export/replay.csv', 'select * from replay');
call csvwrite('h2-export/replay_delivery.csv', 'select * from replay_delivery');
call csvwrite('h2-export/erasure.csv', 'select * from erasure');
call csvwrite('h2-export/audit.csv', 'select * from audit');
call csvwrite('h2-export/commit_number.csv', 'select base_value from information_schema.sequences where sequence_name = ''commit_number''');

-- The business tables. Leave them out if they are in another database (jdbc.url).
call csvwrite('h2-export/notification.csv', 'select * from notification');
call csvwrite('h2-export/coverage_discovery_task.csv', 'select * from coverage_discovery_task');
call csvwrite('h2-export/coverage_discovery_path.csv', 'select * from coverage_discovery_path');
call csvwrite('h2-export/benefit_verification.csv', 'select * from benefit_verification');
call csvwrite('h2-export/benefit_verification_drug.csv', 'select * from benefit_verification_drug');
call csvwrite('h2-export/prior_authorization.csv', 'select * from prior_authorization');
call csvwrite('h2-export/prior_authorization_message.csv', 'select * from prior_authorization_message');
call csvwrite('h2-export/payment.csv', 'select * from payment');
call csvwrite('h2-export/payment_batch.csv', 'select * from payment_batch');
call csvwrite('h2-export/document.csv', 'select * from document');
call csvwrite('h2-export/delivery_channel.csv', 'select * from delivery_channel');
call csvwrite('h2-export/delivery_request.csv', 'select * from delivery_request');
call csvwrite('h2-export/delivery_request_item.csv', 'select * from delivery_request_item');
call csvwrite('h2-export/delivery_refund.csv', 'select * from delivery_refund');
call csvwrite('h2-export/applications_import.csv', 'select * from applications_import');
call csvwrite('h2-export/applications_import_error.csv', 'select * from applications_import_error');
call csvwrite('h2-export/eligibility_evaluation.csv', 'select * from eligibility_evaluation');
call csvwrite('h2-export/eligibility_criterion.csv', 'select * from eligibility_criterion');
