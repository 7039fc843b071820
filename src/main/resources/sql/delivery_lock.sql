-- Of these, the ones that are still due and that no other instance is claiming at this moment.
select delivery_id, event_id, destination, claim_number, attempts, generation
from delivery
where delivery_id = any(:ids)
  and due_at <= current_timestamp
order by delivery_id
for update skip locked
