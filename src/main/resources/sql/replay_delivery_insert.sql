insert into replay_delivery (replay_id, delivery_id, generation, state, attempts)
values (:replay, :deliveryId, :generation, :state, :attempts)
