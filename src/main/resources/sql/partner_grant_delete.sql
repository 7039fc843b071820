delete from partner_grant
where partner_id = :partner
  and sender = :sender
  and tenant = :tenant
