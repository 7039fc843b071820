delete from coverage_discovery_task
where tenant = :?tenant
  and task_id = :?subject
  and event_id = coalesce(cast(:?event_id as uuid), event_id)
