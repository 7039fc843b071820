-- What AccessRC tells of. No body has a time, so event_order is the order in which events were committed; received_at is when that was.

-- What has become of a delivery channel, its newest state.
create table delivery_channel (
    tenant               varchar(200) not null,
    delivery_channel_id  varchar(200) not null,
    status               varchar(200),
    message              varchar(2000),
    request_type         varchar(200),
    requested_at         timestamp(6) with time zone,
    requested_at_text    varchar(64),
    received_at          timestamp(6) with time zone,
    event_id             uuid not null,
    event_order          varchar(48) not null,
    primary key (tenant, delivery_channel_id)
);

-- Something that is to be delivered to beneficiaries.
create table delivery_request (
    tenant               varchar(200) not null,
    delivery_request_id  varchar(200) not null,
    delivery_channel_id  varchar(200),
    description          varchar(2000),
    received_at          timestamp(6) with time zone,
    event_id             uuid not null,
    event_order          varchar(48) not null,
    primary key (tenant, delivery_request_id)
);

-- One delivery of a request. Rows are written before the request's row, whose event_id says which of them count: join on event_id.
create table delivery_request_item (
    event_id             uuid not null,
    position             integer not null,
    tenant               varchar(200) not null,
    delivery_request_id  varchar(200) not null,
    delivery_id          varchar(200),
    beneficiary_id       varchar(200),
    options              text,
    amount               numeric(19, 4),
    unit                 varchar(200),
    event_order          varchar(48) not null,
    primary key (event_id, position)
);
create index delivery_request_item_request on delivery_request_item (tenant, delivery_request_id);

-- A delivery whose refund is asked for.
create table delivery_refund (
    tenant       varchar(200) not null,
    delivery_id  varchar(200) not null,
    received_at  timestamp(6) with time zone,
    event_id     uuid not null,
    event_order  varchar(48) not null,
    primary key (tenant, delivery_id)
);

-- The result of an import of applications.
create table applications_import (
    tenant         varchar(200) not null,
    import_id      varchar(200) not null,
    program_id     varchar(200),
    status         varchar(200),
    total_records  integer,
    success_count  integer,
    failure_count  integer,
    received_at    timestamp(6) with time zone,
    event_id       uuid not null,
    event_order    varchar(48) not null,
    primary key (tenant, import_id)
);

-- One application that could not be imported: join on event_id with applications_import.
create table applications_import_error (
    event_id        uuid not null,
    position        integer not null,
    tenant          varchar(200) not null,
    import_id       varchar(200) not null,
    application_id  varchar(200),
    error           varchar(2000),
    event_order     varchar(48) not null,
    primary key (event_id, position)
);
create index applications_import_error_import on applications_import_error (tenant, import_id);

-- The newest evaluation of an application to a program. One event has many, and each is replaced on its own.
create table eligibility_evaluation (
    tenant                     varchar(200) not null,
    program_id                 varchar(200) not null,
    application_id             varchar(200) not null,
    provider_program_id        varchar(200),
    provider_application_id    varchar(200),
    provider_beneficiary_id    varchar(200),
    beneficiary_federation_id  varchar(200),
    full_name                  varchar(500),
    email                      varchar(500),
    evaluation_key             varchar(200),
    evaluation_name            varchar(500),
    received_at                timestamp(6) with time zone,
    event_id                   uuid not null,
    event_order                varchar(48) not null,
    primary key (tenant, program_id, application_id)
);

-- One criterion of an evaluation. Rows are written before the evaluation's row, whose event_id says which of them count: join on
-- event_id and application_id.
create table eligibility_criterion (
    event_id         uuid not null,
    position         integer not null,
    tenant           varchar(200) not null,
    program_id       varchar(200) not null,
    application_id   varchar(200) not null,
    kind             varchar(16) not null,
    criteria_key     varchar(200),
    criteria_name    varchar(500),
    evaluation_key   varchar(200),
    evaluation_name  varchar(500),
    notes            varchar(2000),
    event_order      varchar(48) not null,
    primary key (event_id, position)
);
create index eligibility_criterion_application on eligibility_criterion (tenant, program_id, application_id);
