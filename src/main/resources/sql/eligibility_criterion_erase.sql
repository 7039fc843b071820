delete from eligibility_criterion
where tenant = :?tenant
  and program_id = :?subject
  and event_id = coalesce(cast(:?event_id as uuid), event_id)
