select sender, tenant
from partner_grant
where partner_id = :partner
  and sender <> :implicit
