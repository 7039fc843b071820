-- What the organisation works with: one row a subject, always the newest state. Runs unchanged on PostgreSQL and on H2.
-- event_order decides what is newer; event_id names the event that wrote the row.

-- The newest state of every subject whose type has no table of its own.
create table notification (
    sender       varchar(64) not null,
    tenant       varchar(200) not null,
    subject      varchar(200) not null,
    type         varchar(200),
    status       varchar(200),
    occurred_at  timestamp(6) with time zone,
    event_id     uuid not null,
    event_order  varchar(48) not null,
    primary key (sender, tenant, subject)
);

-- One Coverage Discovery task. The *_text columns keep the sender's nanoseconds.
create table coverage_discovery_task (
    tenant                      varchar(200) not null,
    task_id                     varchar(200) not null,
    status                      varchar(200) not null,
    name                        varchar(500),
    type                        varchar(200),
    tenant_name                 varchar(500),
    trace_id                    varchar(200),
    correlation_id              varchar(200),
    callback_url                varchar(2000),
    started_at                  timestamp(6) with time zone,
    started_at_text             varchar(64),
    ended_at                    timestamp(6) with time zone,
    ended_at_text               varchar(64),
    real_time_id                varchar(200),
    real_time_name              varchar(500),
    real_time_at                timestamp(6) with time zone,
    real_time_at_text           varchar(64),
    real_time_transaction_id    varchar(200),
    real_time_status            varchar(200),
    real_time_payer_id          varchar(200),
    real_time_x12_271           text,
    event_id                    uuid not null,
    event_order                 varchar(48) not null,
    primary key (tenant, task_id)
);

-- One path of a task. Rows are written before the task's row, whose event_id says which of them count: join on event_id.
create table coverage_discovery_path (
    event_id            uuid not null,
    position            integer not null,
    tenant              varchar(200) not null,
    task_id             varchar(200) not null,
    outcome             varchar(16) not null,
    path_id             varchar(200),
    name                varchar(500),
    description         varchar(2000),
    occurred_at         timestamp(6) with time zone,
    occurred_at_text    varchar(64),
    transaction_id      varchar(200),
    transaction_status  varchar(200),
    payer_id            varchar(200),
    x12_271             text,
    skip_reason         varchar(2000),
    event_order         varchar(48) not null,
    primary key (event_id, position)
);
create index coverage_discovery_path_task on coverage_discovery_path (tenant, task_id);
