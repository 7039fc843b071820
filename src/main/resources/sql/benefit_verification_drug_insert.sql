insert into benefit_verification_drug (event_id, position, tenant, benefit_verification_id, name, dosage, quantity,
    ndc, coverage, coverage_detail_code, prior_authorization_required, copay, on_formulary, plan_exclusion,
    has_active_prior_auth, event_order)
values (:?event_id, :?position, :?tenant, :?benefit_verification_id, :?name, :?dosage, :?quantity, :?ndc, :?coverage,
    :?coverage_detail_code, :?prior_authorization_required, :?copay, :?on_formulary, :?plan_exclusion,
    :?has_active_prior_auth, :?event_order)
on conflict do nothing
