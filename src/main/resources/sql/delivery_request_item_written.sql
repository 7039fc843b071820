-- How far an attempt before has come: rows are written in the order of their positions.
select coalesce(max(position) + 1, 0) as written
from delivery_request_item
where event_id = :?event_id
