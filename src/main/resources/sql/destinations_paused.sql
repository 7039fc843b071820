-- The operator's pause last, as it counts for more.
select destination, by_operator, paused_at, paused_by
from paused_destination
order by destination, by_operator
