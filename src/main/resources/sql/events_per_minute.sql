-- How many of the latest events came in which minute; no more of them are looked at, however many there are.
select count(*) as events, min(received_at) as oldest, max(current_timestamp) as now
from (select received_at from event order by commit_sequence desc limit :most) latest
group by date_trunc('minute', received_at)
