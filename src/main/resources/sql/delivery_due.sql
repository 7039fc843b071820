-- Due deliveries of one route, the oldest first, so many of one lane at the most. Locks nothing.
select delivery_id, lane
from (
    select delivery_id, lane, due_at, row_number() over (partition by lane order by due_at) as place
    from (
        select delivery_id, lane, due_at
        from delivery
        where route = :route
          and due_at <= current_timestamp
          and lane <> all(:full)
        order by route, due_at -- as the index has it: H2 would sort the whole backlog otherwise
        limit :window
    ) due
) ranked
where place <= :perLane
order by due_at
limit :limit
