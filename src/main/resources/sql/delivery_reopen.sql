-- Once more from the beginning, under the same id. What it came to before stands there until it comes to something else.
update delivery
set state = 'pending',
    generation = generation + 1,
    attempts = 0,
    owner = null,
    route = case when route like 'held %' then substring(route from 6) else route end,
    held_due_at = null,
    waiting_since = current_timestamp + cast(:delayMillis as bigint) * interval '0.001' second,
    due_at = current_timestamp + cast(:delayMillis as bigint) * interval '0.001' second
where delivery_id = :deliveryId
  and state = :state
  and generation = :generation
