-- Not one that has been put anew since it was asked.
update callback
set state = 'suspended',
    updated_at = current_timestamp
where partner_id = :partner
  and notification_type = :type
  and state = 'active'
  and url = :url
