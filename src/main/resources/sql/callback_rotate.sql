-- The expressions see the row as it was.
update callback
set previous_secret = case when :overlapSeconds > 0 then sealed_secret end,
    previous_until = case when :overlapSeconds > 0
                          then current_timestamp + cast(:overlapSeconds as integer) * interval '1' second end,
    sealed_secret = :sealedSecret,
    updated_at = current_timestamp
where partner_id = :partner
  and notification_type = :type
