-- Replays keep the filter that they were asked with.
update replay
set filter = '{}'
where position(:subject in filter) > 0
