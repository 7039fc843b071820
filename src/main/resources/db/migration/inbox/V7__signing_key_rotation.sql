-- Keys that sign tokens take over one from another. Runs unchanged on PostgreSQL and on H2.

-- signs_from: not before all instances know the key. good_until: tokens that it has signed are refused from then on; null: it is not
-- replaced yet.
alter table signing_key add column signs_from timestamp(6) with time zone default current_timestamp not null;
alter table signing_key add column good_until timestamp(6) with time zone;
