-- Not one that has been put or resumed since it was asked.
update callback
set state = 'suspended',
    updated_at = current_timestamp
where partner_id = :partner
  and notification_type = :type
  and state = 'active'
  and updated_at = :updatedAt
