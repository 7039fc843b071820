insert into eligibility_evaluation (tenant, program_id, application_id, provider_program_id,
    provider_application_id, provider_beneficiary_id, beneficiary_federation_id, full_name, email, evaluation_key,
    evaluation_name, received_at, event_id, event_order)
values (:?tenant, :?program_id, :?application_id, :?provider_program_id, :?provider_application_id,
    :?provider_beneficiary_id, :?beneficiary_federation_id, :?full_name, :?email, :?evaluation_key,
    :?evaluation_name, :?received_at, :?event_id, :?event_order)
on conflict do nothing
