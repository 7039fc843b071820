insert into circuit (lane, state, failures, openings)
values (:lane, 'closed', 0, 0)
on conflict do nothing
