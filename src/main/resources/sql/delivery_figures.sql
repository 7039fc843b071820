-- How many deliveries wait or have ended badly, and since when the oldest of them waits.
select state, route, count(*) as deliveries, min(waiting_since) as oldest, current_timestamp as now
from delivery
where state in ('pending', 'dead', 'suspended')
group by state, route
