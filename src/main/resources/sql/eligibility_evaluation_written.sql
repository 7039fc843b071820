-- Applications that an attempt before, or a newer event, has written: nothing of them is to be written any more.
select application_id
from eligibility_evaluation
where tenant = :?tenant and program_id = :?program_id
  and event_order >= :?event_order
