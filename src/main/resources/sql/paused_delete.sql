delete from paused_destination
where destination = :destination
