insert into paused_destination (destination, paused_by)
values (:destination, :pausedBy)
on conflict do nothing
