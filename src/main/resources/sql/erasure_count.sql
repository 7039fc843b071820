update erasure
set events = events + :events
where erasure_id = :erasureId
