-- Paths of events older than the one that the task's row shows; those of a newer one may just be on their way in.
delete from coverage_discovery_path
where tenant = :?tenant and task_id = :?task_id
  and event_order < (select event_order from coverage_discovery_task where tenant = :?tenant and task_id = :?task_id)
