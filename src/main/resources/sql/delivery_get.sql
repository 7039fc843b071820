select d.delivery_id, d.event_id, d.destination, d.state, d.reason, d.generation, d.due_at, d.finished_at,
       e.sender, e.type, e.status, e.subject, e.tenant
from delivery d
join event e on e.event_id = d.event_id
where d.delivery_id = :deliveryId
