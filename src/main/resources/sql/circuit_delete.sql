delete from circuit
where lane = :lane
