insert into audit (actor, action, target, detail)
values (:actor, :action, :target, :detail)
