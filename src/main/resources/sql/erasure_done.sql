update erasure
set state = 'done',
    due_at = null,
    tenant = null,
    subject = null,
    done_at = current_timestamp
where erasure_id = :erasureId
