delete from replay
where replay_id in (select replay_id
                    from replay
                    where started_at < current_timestamp - cast(:days as integer) * interval '1' day
                    limit :limit)
