-- What Optum Connections tells of. event_order decides what is newer; an event without a time is older than all that have one.

-- One payment, its newest state. An event that does not tell an amount or an id leaves it as it is: only two of the vendor's types are
-- published in full.
create table payment (
    tenant                varchar(200) not null,
    payment_id            varchar(200) not null,
    type                  varchar(200),
    status                varchar(200),
    amount                numeric(19, 4),
    network_payment_id    varchar(200),
    network_id            varchar(200),
    network_status        varchar(200),
    application_id        varchar(200),
    reason                varchar(500),
    distribution_service  varchar(200),
    document_url          varchar(2000),
    batch_start_time      varchar(64),
    start_time            varchar(64),
    occurred_at           timestamp(6) with time zone,
    event_id              uuid not null,
    event_order           varchar(48) not null,
    primary key (tenant, payment_id)
);

-- One batch of payments, its newest state; what it is made of is kept as in payment.
create table payment_batch (
    tenant              varchar(200) not null,
    batch_id            varchar(200) not null,
    type                varchar(200),
    status              varchar(200),
    org                 varchar(200),
    account             varchar(200),
    sub_account         varchar(200),
    total_amount        numeric(19, 4),
    number_of_payments  integer,
    funding_method      varchar(200),
    occurred_at         timestamp(6) with time zone,
    event_id            uuid not null,
    event_order         varchar(48) not null,
    primary key (tenant, batch_id)
);

-- One document, its newest state. What the vendor tells about documents is not published: these are the columns that any event has.
create table document (
    tenant            varchar(200) not null,
    document_id       varchar(200) not null,
    type              varchar(200),
    status            varchar(200),
    source            varchar(2000),
    causation_id      varchar(200),
    occurred_at       timestamp(6) with time zone,
    occurred_at_text  varchar(64),
    event_id          uuid not null,
    event_order       varchar(48) not null,
    primary key (tenant, document_id)
);
