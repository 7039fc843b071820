select lane, state, failures, openings, open_until, changed_at
from circuit
order by lane
