-- Deliveries of a replay that nobody has tried yet, nor is about to.
select delivery_id
from delivery
where state = 'pending'
  and owner is null
  and attempts = 0
  and exists (select 1
              from replay_delivery r
              where r.replay_id = :replay
                and r.delivery_id = delivery.delivery_id
                and r.generation = delivery.generation)
order by delivery_id
for update
