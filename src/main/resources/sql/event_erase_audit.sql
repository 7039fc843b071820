insert into audit (actor, action, target, detail)
select cast(:actor as varchar), 'erase', 'event ' || event_id, cast(:detail as varchar)
from unnest(cast(:ids as uuid array)) as erased (event_id)
