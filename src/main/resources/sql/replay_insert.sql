insert into replay (replay_id, started_by, filter, rate, state)
values (:replay, :startedBy, :filter, :rate, 'running')
