-- An older event never overwrites a newer one.
update eligibility_evaluation
set provider_program_id = :?provider_program_id, provider_application_id = :?provider_application_id,
    provider_beneficiary_id = :?provider_beneficiary_id, beneficiary_federation_id = :?beneficiary_federation_id,
    full_name = :?full_name, email = :?email, evaluation_key = :?evaluation_key,
    evaluation_name = :?evaluation_name, received_at = :?received_at, event_id = :?event_id, event_order = :?event_order
where tenant = :?tenant and program_id = :?program_id and application_id = :?application_id
  and event_order < :?event_order
