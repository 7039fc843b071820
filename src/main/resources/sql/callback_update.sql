update callback
set url = :url,
    state = :state,
    updated_at = current_timestamp
where partner_id = :partner
  and notification_type = :type
