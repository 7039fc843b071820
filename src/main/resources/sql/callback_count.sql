select count(*)
from callback
where partner_id = :partner
