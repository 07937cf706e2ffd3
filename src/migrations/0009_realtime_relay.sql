-- Commands of clients on their way to the process that holds their stream. Unlogged: what a crash of the database loses here
-- was seconds old, and its client asks again.
create unlogged table realtime_relay (
  id bigint generated always as identity primary key,
  node uuid not null,
  -- One command has one name, however it travels.
  command uuid not null,
  session text not null,
  data text not null,
  sent_at timestamptz not null default clock_timestamp()
);

create index realtime_relay_of_node on realtime_relay (node, id);
create index realtime_relay_age on realtime_relay (sent_at);
