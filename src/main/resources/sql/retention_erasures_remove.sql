delete from erasure
where erasure_id in (select erasure_id
                     from erasure
                     where state = 'done'
                       and done_at < current_timestamp - cast(:days as integer) * interval '1' day
                     limit :limit)
