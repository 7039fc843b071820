insert into client (client_id, name, secret_hash, scopes, tenants, partner_id)
values (:client, :name, :secretHash, :scopes, :tenants, :partner)
on conflict do nothing
