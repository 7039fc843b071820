-- Where due deliveries wait: their route may have been renamed, split, joined or stopped since they were planned.
select distinct destination, route
from delivery
where due_at <= current_timestamp
