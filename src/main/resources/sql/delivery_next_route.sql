-- All routes are found by asking for one after the other, by the index.
select route
from delivery
where route > :after
order by route
limit 1
