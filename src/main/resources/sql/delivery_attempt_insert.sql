insert into delivery_attempt (delivery_id, claim_number, generation, started_at, duration_ms, outcome, status, reason)
values (:deliveryId, :claimNumber, :generation, :startedAt, :durationMs, :outcome, :status, :reason)
on conflict do nothing
