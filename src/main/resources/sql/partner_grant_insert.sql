insert into partner_grant (partner_id, sender, tenant)
values (:partner, :sender, :tenant)
on conflict do nothing
