insert into paused_destination (destination, by_operator, paused_by)
values (:destination, :byOperator, :pausedBy)
on conflict do nothing
