-- What seals each payload, and how long what is kept. Runs unchanged on PostgreSQL and on H2.

-- payload_key_id: the key that seals the payload; plain: it is stored as it came; null: it is kept no longer, and neither is there a payload.
alter table event alter column payload drop not null;
update event set payload_key_id = 'plain';
alter table event alter column payload_key_id set default 'plain';

-- Payloads by their keys and age: what is to be sealed anew, and what is to go. Events without a payload are the null in it.
create index event_payload_key on event (payload_key_id, received_at);

create index audit_at on audit (at);
