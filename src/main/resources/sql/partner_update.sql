update partner
set name = :name,
    updated_at = current_timestamp
where partner_id = :partner
