update client
set tokens_since = current_timestamp
where client_id = :client
