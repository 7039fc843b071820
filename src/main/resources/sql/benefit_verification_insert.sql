insert into benefit_verification (tenant, benefit_verification_id, status, status_description, review_status,
    error_title, error_code, error_detail_code, error_message, patient_id, provider_npi, provider_fax,
    patient_coverage_status, plan_fund_source, coverage_type, pharmacy_benefit_manager, priority, replaces_id,
    replaced_by_id, prior_authorization_id, occurred_at, test, event_id, event_order)
values (:?tenant, :?benefit_verification_id, :?status, :?status_description, :?review_status, :?error_title,
    :?error_code, :?error_detail_code, :?error_message, :?patient_id, :?provider_npi, :?provider_fax,
    :?patient_coverage_status, :?plan_fund_source, :?coverage_type, :?pharmacy_benefit_manager, :?priority,
    :?replaces_id, :?replaced_by_id, :?prior_authorization_id, :?occurred_at, :?test, :?event_id, :?event_order)
on conflict do nothing
