delete from audit
where audit_id in (select audit_id
                   from audit
                   where at < current_timestamp - cast(:days as integer) * interval '1' day
                   order by at
                   limit :limit)
