-- What nobody has tried yet is again what it was.
update delivery
set (state, attempts, generation, due_at) =
    (select r.state, r.attempts, r.generation - 1, cast(null as timestamp(6) with time zone)
     from replay_delivery r
     where r.replay_id = :replay
       and r.delivery_id = delivery.delivery_id)
where state = 'pending'
  and owner is null
  and attempts = 0
  and exists (select 1
              from replay_delivery r
              where r.replay_id = :replay
                and r.delivery_id = delivery.delivery_id
                and r.generation = delivery.generation)
