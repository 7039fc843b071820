-- Due deliveries of one route, the oldest first, so many for one destination at the most. Locks nothing.
select delivery_id
from (
    select delivery_id, due_at, row_number() over (partition by destination order by due_at) as place
    from (
        select delivery_id, destination, due_at
        from delivery
        where route = :route
          and due_at <= current_timestamp
          and destination <> all(:full)
        order by route, due_at -- as the index has it: H2 would sort the whole backlog otherwise
        limit :window
    ) due
) ranked
where place <= :perDestination
order by due_at
limit :limit
