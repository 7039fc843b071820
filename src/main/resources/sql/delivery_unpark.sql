-- What was moved to when the partner would be asked again (delivery_park.sql).
update delivery
set due_at = current_timestamp
where state = 'pending'
  and owner is null
  and lane = :lane
  and due_at = (select open_until from circuit where lane = :lane)
