-- Is again what it was, but for the generation: no two replays have the same one.
update delivery
set state = (select r.state from replay_delivery r where r.replay_id = :replay and r.delivery_id = delivery.delivery_id),
    attempts = (select r.attempts from replay_delivery r where r.replay_id = :replay and r.delivery_id = delivery.delivery_id),
    due_at = null,
    route = case when route like 'held %' then substring(route from 6) else route end,
    held_due_at = null
where delivery_id = any(:ids)
