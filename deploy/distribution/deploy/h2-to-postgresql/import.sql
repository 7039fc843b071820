-- The second half of docs/upgrade.md, "From H2 to PostgreSQL": reads what export.sql has written into the empty tables that the bundle has made.
-- Run by psql in the same folder, as one transaction: psql -1 -v ON_ERROR_STOP=1 -f deploy/h2-to-postgresql/import.sql

do $$ begin
    if exists (select from event) or exists (select from partner) or exists (select from client) then
        raise exception 'this database has been used: start with an empty one';
    end if;
end $$;
-- the bundle has made one at its start; tokens that are out go on with the old ones
delete from signing_key;

-- The inbox.
\copy partner from 'h2-export/partner.csv' with (format csv, header, encoding 'UTF8')
\copy partner_grant from 'h2-export/partner_grant.csv' with (format csv, header, encoding 'UTF8')
\copy callback from 'h2-export/callback.csv' with (format csv, header, encoding 'UTF8')
\copy client from 'h2-export/client.csv' with (format csv, header, encoding 'UTF8')
\copy signing_key from 'h2-export/signing_key.csv' with (format csv, header, encoding 'UTF8')
\copy event from 'h2-export/event.csv' with (format csv, header, encoding 'UTF8')
\copy delivery from 'h2-export/delivery.csv' with (format csv, header, encoding 'UTF8')
\copy delivery_attempt from 'h2-export/delivery_attempt.csv' with (format csv, header, encoding 'UTF8')
\copy circuit from 'h2-export/circuit.csv' with (format csv, header, encoding 'UTF8')
\copy paused_destination from 'h2-export/paused_destination.csv' with (format csv, header, encoding 'UTF8')
\copy replay from 'h2-export/replay.csv' with (format csv, header, encoding 'UTF8')
\copy replay_delivery from 'h2-export/replay_delivery.csv' with (format csv, header, encoding 'UTF8')
\copy erasure from 'h2-export/erasure.csv' with (format csv, header, encoding 'UTF8')
\copy audit from 'h2-export/audit.csv' with (format csv, header, encoding 'UTF8')
-- Numbers go on where they were: by those of commits the newest state of a subject is told.
create temporary table next_number (number bigint);
\copy next_number from 'h2-export/commit_number.csv' with (format csv, header, encoding 'UTF8')
select setval('commit_number', number, false) from next_number;
select setval(pg_get_serial_sequence('audit', 'audit_id'), coalesce(max(audit_id), 0) + 1, false) from audit;

-- The business tables.
\copy notification from 'h2-export/notification.csv' with (format csv, header, encoding 'UTF8')
\copy coverage_discovery_task from 'h2-export/coverage_discovery_task.csv' with (format csv, header, encoding 'UTF8')
\copy coverage_discovery_path from 'h2-export/coverage_discovery_path.csv' with (format csv, header, encoding 'UTF8')
\copy benefit_verification from 'h2-export/benefit_verification.csv' with (format csv, header, encoding 'UTF8')
\copy benefit_verification_drug from 'h2-export/benefit_verification_drug.csv' with (format csv, header, encoding 'UTF8')
\copy prior_authorization from 'h2-export/prior_authorization.csv' with (format csv, header, encoding 'UTF8')
\copy prior_authorization_message from 'h2-export/prior_authorization_message.csv' with (format csv, header, encoding 'UTF8')
\copy payment from 'h2-export/payment.csv' with (format csv, header, encoding 'UTF8')
\copy payment_batch from 'h2-export/payment_batch.csv' with (format csv, header, encoding 'UTF8')
\copy document from 'h2-export/document.csv' with (format csv, header, encoding 'UTF8')
\copy delivery_channel from 'h2-export/delivery_channel.csv' with (format csv, header, encoding 'UTF8')
\copy delivery_request from 'h2-export/delivery_request.csv' with (format csv, header, encoding 'UTF8')
\copy delivery_request_item from 'h2-export/delivery_request_item.csv' with (format csv, header, encoding 'UTF8')
\copy delivery_refund from 'h2-export/delivery_refund.csv' with (format csv, header, encoding 'UTF8')
\copy applications_import from 'h2-export/applications_import.csv' with (format csv, header, encoding 'UTF8')
\copy applications_import_error from 'h2-export/applications_import_error.csv' with (format csv, header, encoding 'UTF8')
\copy eligibility_evaluation from 'h2-export/eligibility_evaluation.csv' with (format csv, header, encoding 'UTF8')
\copy eligibility_criterion from 'h2-export/eligibility_criterion.csv' with (format csv, header, encoding 'UTF8')
