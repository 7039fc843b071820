select count(*)
from client
