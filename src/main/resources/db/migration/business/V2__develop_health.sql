-- What Develop Health tells of. event_order decides what is newer, of any state: a failed verification may be pending again.

-- One benefit verification, its newest state.
create table benefit_verification (
    tenant                    varchar(200) not null,
    benefit_verification_id   varchar(200) not null,
    status                    varchar(200),
    status_description        varchar(500),
    review_status             varchar(200),
    error_title               varchar(500),
    error_code                varchar(200),
    error_detail_code         varchar(200),
    error_message             varchar(2000),
    patient_id                varchar(200),
    provider_npi              varchar(200),
    provider_fax              varchar(200),
    patient_coverage_status   varchar(200),
    plan_fund_source          varchar(200),
    coverage_type             varchar(200),
    pharmacy_benefit_manager  varchar(500),
    priority                  varchar(200),
    replaces_id               varchar(200),
    replaced_by_id            varchar(200),
    prior_authorization_id    varchar(200),
    occurred_at               timestamp(6) with time zone,
    test                      boolean not null,
    event_id                  uuid not null,
    event_order               varchar(48) not null,
    primary key (tenant, benefit_verification_id)
);

-- One drug of a benefit verification. Rows are written before the verification's row, whose event_id says which of them count: join on
-- event_id.
create table benefit_verification_drug (
    event_id                      uuid not null,
    position                      integer not null,
    tenant                        varchar(200) not null,
    benefit_verification_id       varchar(200) not null,
    name                          varchar(500),
    dosage                        varchar(200),
    quantity                      numeric(19, 4),
    ndc                           varchar(200),
    coverage                      varchar(200),
    coverage_detail_code          varchar(200),
    prior_authorization_required  varchar(200),
    copay                         varchar(500),
    on_formulary                  boolean,
    plan_exclusion                boolean,
    has_active_prior_auth         varchar(200),
    event_order                   varchar(48) not null,
    primary key (event_id, position)
);
create index benefit_verification_drug_verification on benefit_verification_drug (tenant, benefit_verification_id);

-- One prior authorization, its newest state.
create table prior_authorization (
    tenant                           varchar(200) not null,
    prior_authorization_id           varchar(200) not null,
    status                           varchar(200),
    url                              varchar(2000),
    outcome                          varchar(200),
    outcome_detail_code              varchar(200),
    outcome_detail                   varchar(2048),
    authorized_from                  date,
    authorized_from_text             varchar(64),
    authorized_until                 date,
    authorized_until_text            varchar(64),
    patient_id                       varchar(200),
    provider_npi                     varchar(200),
    provider_fax                     varchar(200),
    drug_name                        varchar(500),
    drug_strength                    varchar(200),
    appeal                           boolean,
    patient_consent_required         boolean,
    previous_prior_authorization_id  varchar(200),
    benefit_verification_id          varchar(200),
    transfer_status                  varchar(200),
    transfer_confirmed               boolean,
    transfer_error_code              varchar(200),
    transfer_attempts                integer,
    patient_cost                     varchar(200),
    prior_auth_required              boolean,
    thread_resolved                  boolean,
    occurred_at                      timestamp(6) with time zone,
    test                             boolean not null,
    event_id                         uuid not null,
    event_order                      varchar(48) not null,
    primary key (tenant, prior_authorization_id)
);

-- One message of the thread of a prior authorization. Every event has the whole thread; each message is kept once, by its id.
-- first_event_id names the event that brought it, event_id the newest one that was written with it.
create table prior_authorization_message (
    tenant                  varchar(200) not null,
    prior_authorization_id  varchar(200) not null,
    message_id              varchar(200) not null,
    sent_at                 timestamp(6) with time zone,
    sent_at_text            varchar(64),
    sent_by                 varchar(500),
    direction               varchar(200),
    content                 text,
    resolution              boolean,
    attachments             varchar(2000),
    first_event_id          uuid not null,
    event_id                uuid not null,
    event_order             varchar(48) not null,
    primary key (tenant, prior_authorization_id, message_id)
);
