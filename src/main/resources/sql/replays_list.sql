select replay_id, started_at, started_by, filter, rate, state
from replay
order by started_at desc, replay_id
limit :limit
