insert into partner (partner_id, name)
values (:partner, :name)
on conflict do nothing
