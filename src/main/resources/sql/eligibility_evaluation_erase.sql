delete from eligibility_evaluation
where tenant = :?tenant
  and program_id = :?subject
  and event_id = coalesce(cast(:?event_id as uuid), event_id)
