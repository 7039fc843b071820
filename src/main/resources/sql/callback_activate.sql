update callback
set state = 'active',
    updated_at = current_timestamp
where partner_id = :partner
  and notification_type = :type
  and state = 'suspended'
