select nextval('commit_number') as number, current_timestamp as now
