select tenant, task_id, status, name, type, started_at_text, ended_at_text, event_id
from coverage_discovery_task
where task_id = :?task_id
