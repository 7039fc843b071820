-- Due when their partner is asked again: every sweep would pass over them until then.
update delivery
set due_at = (select open_until from circuit where circuit.lane = delivery.lane)
where delivery_id = any(:ids)
  and exists (select 1
              from circuit
              where circuit.lane = delivery.lane
                and circuit.state = 'open'
                and circuit.open_until > current_timestamp)
