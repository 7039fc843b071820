select nextval('commit_number')
