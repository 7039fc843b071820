-- One rotation at a time: whoever waits sees the new key in the next statement.
select key_id
from signing_key
order by key_id
for update
