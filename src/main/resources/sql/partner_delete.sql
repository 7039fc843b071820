delete from partner
where partner_id = :partner
