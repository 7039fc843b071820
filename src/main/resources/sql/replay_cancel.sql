update replay
set state = 'cancelled'
where replay_id = :replay
  and state = 'running'
