-- Where open deliveries wait whose route may have been renamed, split or joined meanwhile.
select distinct destination, route
from delivery
where due_at is not null
