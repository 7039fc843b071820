update callback
set sealed_secret = :sealedSecret,
    sealed_previous = :sealedPrevious,
    updated_at = current_timestamp
where partner_id = :partner
  and notification_type = :type
