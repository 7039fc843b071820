-- An older event never overwrites a newer one.
update prior_authorization
set status = :?status, url = :?url, outcome = :?outcome, outcome_detail_code = :?outcome_detail_code,
    outcome_detail = :?outcome_detail, authorized_from = :?authorized_from,
    authorized_from_text = :?authorized_from_text, authorized_until = :?authorized_until,
    authorized_until_text = :?authorized_until_text, patient_id = :?patient_id, provider_npi = :?provider_npi,
    provider_fax = :?provider_fax, drug_name = :?drug_name, drug_strength = :?drug_strength, appeal = :?appeal,
    patient_consent_required = :?patient_consent_required,
    previous_prior_authorization_id = :?previous_prior_authorization_id,
    benefit_verification_id = :?benefit_verification_id, transfer_status = :?transfer_status,
    transfer_confirmed = :?transfer_confirmed, transfer_error_code = :?transfer_error_code,
    transfer_attempts = :?transfer_attempts, patient_cost = :?patient_cost,
    prior_auth_required = :?prior_auth_required, thread_resolved = :?thread_resolved, occurred_at = :?occurred_at,
    test = :?test, event_id = :?event_id, event_order = :?event_order
where tenant = :?tenant and prior_authorization_id = :?prior_authorization_id
  and event_order < :?event_order
