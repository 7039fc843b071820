-- Events of one sender in their order, for lists and replays. Runs unchanged on PostgreSQL and on H2.
create index event_sender on event (sender, commit_sequence);
