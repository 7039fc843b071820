-- Not a change of the callback: updated_at stays.
update callback
set sealed_secret = :secret,
    sealed_settings = :settings,
    sealed_previous = :previous
where partner_id = :partner
  and notification_type = :type
