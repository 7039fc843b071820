-- The time is that of the start of the transaction: one that waited for this client may be older than the change before it.
update client
set tokens_since = greatest(current_timestamp, tokens_since + interval '0.000001' second)
where client_id = :client
