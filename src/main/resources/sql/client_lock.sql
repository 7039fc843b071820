-- One change of a client at a time.
select client_id
from client
where client_id = :client
for update
