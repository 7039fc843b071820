update replay_delivery
set taken_back = true
where replay_id = :replay
  and delivery_id = any(:ids)
