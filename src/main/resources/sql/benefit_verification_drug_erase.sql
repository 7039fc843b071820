delete from benefit_verification_drug
where tenant = :?tenant
  and benefit_verification_id = :?subject
  and event_id = coalesce(cast(:?event_id as uuid), event_id)
