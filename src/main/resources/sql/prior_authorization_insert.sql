insert into prior_authorization (tenant, prior_authorization_id, status, url, outcome, outcome_detail_code,
    outcome_detail, authorized_from, authorized_from_text, authorized_until, authorized_until_text, patient_id,
    provider_npi, provider_fax, drug_name, drug_strength, appeal, patient_consent_required,
    previous_prior_authorization_id, benefit_verification_id, transfer_status, transfer_confirmed,
    transfer_error_code, transfer_attempts, patient_cost, prior_auth_required, thread_resolved, occurred_at, test,
    event_id, event_order)
values (:?tenant, :?prior_authorization_id, :?status, :?url, :?outcome, :?outcome_detail_code, :?outcome_detail,
    :?authorized_from, :?authorized_from_text, :?authorized_until, :?authorized_until_text, :?patient_id,
    :?provider_npi, :?provider_fax, :?drug_name, :?drug_strength, :?appeal, :?patient_consent_required,
    :?previous_prior_authorization_id, :?benefit_verification_id, :?transfer_status, :?transfer_confirmed,
    :?transfer_error_code, :?transfer_attempts, :?patient_cost, :?prior_auth_required, :?thread_resolved,
    :?occurred_at, :?test, :?event_id, :?event_order)
on conflict do nothing
