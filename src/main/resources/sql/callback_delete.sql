delete from callback
where partner_id = :partner
  and notification_type = :type
