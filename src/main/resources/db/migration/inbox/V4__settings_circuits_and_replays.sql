-- How a partner is told, what keeps deliveries back, and deliveries that are made again. Runs unchanged on PostgreSQL and on H2.

-- Whether a partner may be sent payloads, or only what is known of events beside them.
alter table partner add column payloads boolean default false not null;

-- sealed_settings: what authenticates us at the partner, and more headers; none: null. types and statuses: the events that it
-- wants; null: all. sealed_previous: secrets that sign beside the newest one, each until its time; none: null.
alter table callback add column format varchar(16) default 'notification' not null;
alter table callback add column sealed_settings bytea;
alter table callback add column types varchar(200) array;
alter table callback add column statuses varchar(200) array;
alter table callback add column sealed_previous bytea;

-- What went wrong with a lane, as all instances see it; without a row nothing did. closed: so many attempts in a row failed, too few
-- to open. open: nothing is claimed until open_until. half-open: one attempt is made meanwhile, and by open_until it is lost.
create table circuit (
    lane        varchar(200) primary key,
    state       varchar(16) not null,
    failures    integer not null,
    openings    integer not null,
    open_until  timestamp(6) with time zone,
    changed_at  timestamp(6) with time zone default current_timestamp not null
);

-- Destinations that somebody has paused: what goes there waits. A partner may pause its own callbacks, and undo no operator's pause.
create table paused_destination (
    destination  varchar(200) not null,
    by_operator  boolean not null,
    paused_at    timestamp(6) with time zone default current_timestamp not null,
    paused_by    varchar(200) not null,
    primary key (destination, by_operator)
);

-- Deliveries that ended and are made again, so many a second. filter: in JSON, metadata only.
create table replay (
    replay_id   uuid primary key,
    started_at  timestamp(6) with time zone default current_timestamp not null,
    started_by  varchar(200) not null,
    filter      varchar(4000) not null,
    rate        integer not null,
    state       varchar(16) not null
);

-- state, attempts: what the delivery goes back to if the replay is cancelled before its turn.
create table replay_delivery (
    replay_id    uuid not null references replay (replay_id) on delete cascade,
    delivery_id  uuid not null references delivery (delivery_id) on delete cascade,
    generation   integer not null,
    state        varchar(16) not null,
    attempts     integer not null,
    taken_back   boolean default false not null,
    primary key (replay_id, delivery_id)
);
create index replay_delivery_delivery on replay_delivery (delivery_id);

-- When it was due, of a delivery that is put away because it is kept back for long; such a one has no due_at.
alter table delivery add column held_due_at timestamp(6) with time zone;

-- What ended, by when it did: dead letters are listed and made again by that.
drop index delivery_state;
create index delivery_state on delivery (state, finished_at, delivery_id);
