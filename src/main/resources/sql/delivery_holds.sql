-- What is not to be claimed: lanes with an open circuit, but for one probe where the pause is over; and what somebody has paused.
select lane as name, case when open_until <= current_timestamp then 'probe' else 'open' end as hold
from circuit
where state <> 'closed'
union all
select destination, 'paused'
from paused_destination
