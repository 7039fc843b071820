insert into applications_import (tenant, import_id, program_id, status, total_records, success_count, failure_count,
    received_at, event_id, event_order)
values (:?tenant, :?import_id, :?program_id, :?status, :?total_records, :?success_count, :?failure_count,
    :?received_at, :?event_id, :?event_order)
on conflict do nothing
