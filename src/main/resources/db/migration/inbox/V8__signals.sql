-- What operators see of the inbox from outside. Runs unchanged on PostgreSQL and on H2.

-- Since when a delivery waits: since its event was committed, or since it is made once more.
alter table delivery add column waiting_since timestamp(6) with time zone default current_timestamp not null;

-- The trace that the notification's receipt belongs to, so that its deliveries do, too: W3C Trace Context; null: it was not traced.
alter table event add column traceparent varchar(55);
