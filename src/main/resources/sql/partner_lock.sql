-- One change of a partner or of its callbacks at a time.
select partner_id
from partner
where partner_id = :partner
for update
