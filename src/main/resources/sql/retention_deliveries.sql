-- Locked, so that none is made again before they go.
select event_id, state
from delivery
where event_id = any(:ids)
for update
