-- Drugs of events older than the one that the verification's row shows; those of a newer one may just be on their way in.
delete from benefit_verification_drug
where tenant = :?tenant and benefit_verification_id = :?benefit_verification_id
  and event_order < (
    select event_order
    from benefit_verification
    where tenant = :?tenant and benefit_verification_id = :?benefit_verification_id)
