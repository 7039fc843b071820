-- An older event never overwrites a newer one.
update benefit_verification
set status = :?status, status_description = :?status_description, review_status = :?review_status,
    error_title = :?error_title, error_code = :?error_code, error_detail_code = :?error_detail_code,
    error_message = :?error_message, patient_id = :?patient_id, provider_npi = :?provider_npi,
    provider_fax = :?provider_fax, patient_coverage_status = :?patient_coverage_status,
    plan_fund_source = :?plan_fund_source, coverage_type = :?coverage_type,
    pharmacy_benefit_manager = :?pharmacy_benefit_manager, priority = :?priority, replaces_id = :?replaces_id,
    replaced_by_id = :?replaced_by_id, prior_authorization_id = :?prior_authorization_id,
    occurred_at = :?occurred_at, test = :?test, event_id = :?event_id, event_order = :?event_order
where tenant = :?tenant and benefit_verification_id = :?benefit_verification_id
  and event_order < :?event_order
