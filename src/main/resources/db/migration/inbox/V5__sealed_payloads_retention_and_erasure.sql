-- What seals each payload, and how long what is kept. Runs unchanged on PostgreSQL and on H2.

-- payload_key_id: the key that seals the payload; plain: it is stored as it came; null: it is kept no longer, and neither is there a payload.
alter table event alter column payload drop not null;
update event set payload_key_id = 'plain';
alter table event alter column payload_key_id set default 'plain';

-- Payloads by their keys and age: what is to be sealed anew, and what is to go. Events without a payload are the null in it.
create index event_payload_key on event (payload_key_id, received_at);

create index audit_at on audit (at);

-- Events that are to be erased: all of a subject, or one. state: events, then rows of the business tables, then done. due_at: when
-- somebody is to go on with it. Once it is done, of what it was about nothing is left.
create table erasure (
    erasure_id    uuid primary key,
    state         varchar(16) not null,
    due_at        timestamp(6) with time zone,
    sender        varchar(64) not null,
    tenant        varchar(200),
    subject       varchar(200),
    event_id      uuid,
    reason        varchar(200) not null,
    requested_at  timestamp(6) with time zone default current_timestamp not null,
    requested_by  varchar(200) not null,
    events        integer default 0 not null,
    done_at       timestamp(6) with time zone
);
