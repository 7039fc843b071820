-- How far an attempt before has come: rows are written in the order of their positions.
select coalesce(max(position) + 1, 0) as written
from applications_import_error
where event_id = :?event_id
