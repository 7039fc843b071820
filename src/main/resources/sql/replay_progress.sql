-- How many of its deliveries are where; one that was replayed again since is where that other replay has got it.
select place, count(*) as deliveries
from (select case when r.taken_back then 'takenBack'
                  when d.state = 'pending' and d.attempts = 0 then 'waiting'
                  when d.state = 'pending' then 'failing'
                  else d.state end as place
      from replay_delivery r
      join delivery d on d.delivery_id = r.delivery_id
      where r.replay_id = :replay) places
group by place
