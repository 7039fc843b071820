insert into audit (actor, action, target)
values (:actor, :action, :target)
