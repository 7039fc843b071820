-- Of the lanes of these attempts, those that have something on record; in one order, so that instances do not wait for each other.
select lane, state, failures, openings
from circuit
where lane = any(:lanes)
order by lane
for update
