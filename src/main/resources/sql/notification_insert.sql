insert into notification (sender, tenant, subject, type, status, occurred_at, event_id, event_order)
values (:?sender, :?tenant, :?subject, :?type, :?status, :?occurred_at, :?event_id, :?event_order)
on conflict do nothing
