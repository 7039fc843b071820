-- Partners, whose events they may see, and where they want to be told. Runs unchanged on PostgreSQL and on H2.

create table partner (
    partner_id  varchar(64) primary key,
    name        varchar(200),
    created_at  timestamp(6) with time zone default current_timestamp not null,
    updated_at  timestamp(6) with time zone default current_timestamp not null
);

-- Events of this sender and tenant; the tenant * stands for all. Every partner has one for its own echoes.
create table partner_grant (
    partner_id  varchar(64) not null references partner (partner_id) on delete cascade,
    sender      varchar(64) not null,
    tenant      varchar(200) not null,
    primary key (partner_id, sender, tenant)
);
create index partner_grant_event on partner_grant (sender, tenant, partner_id);

-- Where a partner wants the notifications of one type. state: active, disabled by the partner, suspended by us.
create table callback (
    partner_id         varchar(64) not null references partner (partner_id) on delete cascade,
    notification_type  integer not null,
    url                varchar(2000) not null,
    state              varchar(16) not null,
    sealed_secret      bytea not null,
    created_at         timestamp(6) with time zone default current_timestamp not null,
    updated_at         timestamp(6) with time zone default current_timestamp not null,
    primary key (partner_id, notification_type)
);

-- What was changed, beside who and where; never a secret.
alter table audit add column detail varchar(2000);

-- Deliveries of one lane share what a route may have in memory of one destination: all callbacks of a partner are one lane.
alter table delivery add column lane varchar(200);
update delivery set lane = destination;
alter table delivery alter column lane set not null;

-- With the lane, so that what waits in a lane that is full can be passed over within the index.
drop index delivery_due;
create index delivery_due on delivery (route, due_at, lane);
