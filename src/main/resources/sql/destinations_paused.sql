select destination, paused_at, paused_by
from paused_destination
