delete from client
where client_id = :client
