update callback
set url = :url,
    state = :state,
    format = :format,
    sealed_settings = :sealedSettings,
    types = :types,
    statuses = :statuses,
    updated_at = current_timestamp
where partner_id = :partner
  and notification_type = :type
