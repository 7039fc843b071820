-- Clients that were made by API. Of their secrets there is a hash only. Runs unchanged on PostgreSQL and on H2.

-- previous_hash: the secret before the newest one, good until previous_until. tokens_since: tokens from before are not good any more.
create table client (
    client_id       varchar(64) primary key,
    name            varchar(200),
    secret_hash     varchar(200) not null,
    previous_hash   varchar(200),
    previous_until  timestamp(6) with time zone,
    scopes          varchar(64) array not null,
    tenants         varchar(200) array not null,
    partner_id      varchar(64),
    disabled        boolean default false not null,
    tokens_since    timestamp(6) with time zone default current_timestamp not null,
    created_at      timestamp(6) with time zone default current_timestamp not null,
    updated_at      timestamp(6) with time zone default current_timestamp not null
);
