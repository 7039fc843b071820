update client
set name = :name,
    scopes = :scopes,
    tenants = :tenants,
    partner_id = :partner,
    disabled = :disabled,
    updated_at = current_timestamp
where client_id = :client
