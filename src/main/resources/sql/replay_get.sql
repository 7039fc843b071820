select replay_id, started_at, started_by, filter, rate, state
from replay
where replay_id = :replay
