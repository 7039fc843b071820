-- Criteria of events older than the one that the row of their application shows; those of a newer one may just be on their way in.
delete from eligibility_criterion as criterion
where tenant = :?tenant and program_id = :?program_id
  and event_order < (
    select event_order
    from eligibility_evaluation as evaluation
    where evaluation.tenant = criterion.tenant and evaluation.program_id = criterion.program_id
      and evaluation.application_id = criterion.application_id)
