-- Operators undo everybody's pauses.
delete from paused_destination
where destination = :destination
  and (by_operator = false or :byOperator)
