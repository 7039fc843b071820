update partner
set name = :name,
    payloads = :payloads,
    updated_at = current_timestamp
where partner_id = :partner
