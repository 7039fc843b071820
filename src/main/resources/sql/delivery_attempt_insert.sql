-- A batch in one statement; one attempt a row of the arrays.
insert into delivery_attempt (delivery_id, claim_number, generation, started_at, duration_ms, outcome, status, reason)
select delivery_id, claim_number, generation, started_at, duration_ms, outcome, status, reason
from unnest(cast(:deliveryId as uuid array), cast(:claimNumber as bigint array), cast(:generation as integer array),
            cast(:startedAt as timestamp(6) with time zone array), cast(:durationMs as bigint array),
            cast(:outcome as varchar array), cast(:status as integer array), cast(:reason as varchar array))
    as made (delivery_id, claim_number, generation, started_at, duration_ms, outcome, status, reason)
on conflict do nothing
