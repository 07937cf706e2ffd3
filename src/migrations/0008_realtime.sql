-- Live connections: what the gateways say of themselves and of those they serve, what was sent to whom, inboxes, announcements.

-- A gateway process, as long as it gives signs of life.
create table realtime_nodes (
  id uuid primary key,
  name text not null,
  started_at timestamptz not null,
  heartbeat_at timestamptz not null,
  figures jsonb not null,
  -- What its latest batch of records held: one that is handed over again, its answer having been lost, is known by it.
  batch text not null
) with (fillfactor = 50);

-- No key to users: who was connected is on record longer than the account. Kept 90 days, dropped by the day. An id begins with
-- the time it was made (UUIDv7): a day is a range of ids, so that who knows an id knows the one table to look in.
create table websocket_connections (
  id uuid primary key,
  user_id uuid not null,
  node uuid not null,
  role text not null,
  protocol text not null,
  connected_at timestamptz not null,
  last_heartbeat_at timestamptz not null,
  address text not null,
  user_agent text,
  status text not null check (status in ('open', 'closed')),
  closed_at timestamptz check ((closed_at is not null) = (status = 'closed')),
  close_code int,
  close_reason text,
  channels text[] not null,
  messages int not null
) partition by range (id);
create index websocket_connections_open on websocket_connections (id) where status = 'open';
create index websocket_connections_user on websocket_connections (user_id, id desc);

-- One row for a message in a channel, with all connections of a node that it went to: a row for each would cost more than
-- sending it.
-- `external`: random ids do not get smaller by compressing them.
create sequence websocket_message_ids as bigint cache 100;
create table websocket_messages (
  sent_at timestamptz not null,
  id bigint not null default nextval('websocket_message_ids'),
  position bigint not null,
  channel text not null,
  type text not null,
  event text not null,
  node uuid not null,
  connection_ids uuid[] storage external not null,
  connections int not null check (connections = cardinality(connection_ids) and connections > 0),
  delivered boolean not null,
  primary key (sent_at, id)
) partition by range (sent_at);
-- What went to few is found by its receivers. What went to many is rare, and would fill the index: it is looked through.
create index websocket_messages_few on websocket_messages using gin (connection_ids) where connections <= 50;
create index websocket_messages_many on websocket_messages (sent_at) where connections > 50;

-- The same, counted by the hour as it is written: totals over weeks are asked for more often than millions of rows can be read.
create table websocket_message_totals (
  hour timestamptz not null,
  node uuid not null,
  type text not null,
  event text not null,
  messages bigint not null,
  primary key (hour, node, type, event)
);

-- Makes the tables of `days` days ready, in UTC, from `first` on; answers how many were made. They are made first and attached
-- then, which unlike PARTITION OF lets readers and writers go on.
create function open_websocket_days(first date, days int) returns int language plpgsql as $$
declare
  day date;
  part text;
  made int := 0;
begin
  perform pg_advisory_xact_lock(1247215615, 3);
  for n in 0 .. days - 1 loop
    day := first + n;
    part := 'websocket_connections_' || to_char(day, 'YYYYMMDD');
    if to_regclass(part) is null then
      execute format('create table %I (like websocket_connections including defaults including constraints) with (fillfactor = 80)', part);
      execute format('alter table websocket_connections attach partition %I for values from (%L) to (%L)', part,
        first_uuid_of(day), first_uuid_of(day + 1));
      made := made + 1;
    end if;
    part := 'websocket_messages_' || to_char(day, 'YYYYMMDD');
    if to_regclass(part) is null then
      execute format('create table %I (like websocket_messages including defaults including constraints including storage)', part);
      execute format('alter table websocket_messages attach partition %I for values from (%L) to (%L)', part,
        day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC');
      made := made + 1;
    end if;
  end loop;
  return made;
end $$;

-- The least UUIDv7 that can have been made on a day.
create function first_uuid_of(day date) returns uuid language sql immutable as $$
  select rpad(lpad(to_hex((extract(epoch from day::timestamp at time zone 'UTC') * 1000)::bigint), 12, '0'), 32, '0')::uuid
$$;

-- Drops a table of a day before `oldest` and answers its name; null when there is none.
create function drop_websocket_day(oldest date) returns text language plpgsql as $$
declare
  part text;
begin
  perform pg_advisory_xact_lock(1247215615, 3);
  select c.relname into part from pg_inherits i join pg_class c on c.oid = i.inhrelid
  where i.inhparent in ('websocket_connections'::regclass, 'websocket_messages'::regclass)
    and right(c.relname, 8) ~ '^[0-9]{8}$' and right(c.relname, 8) < to_char(oldest, 'YYYYMMDD')
  order by right(c.relname, 8), c.relname limit 1;
  if part is not null then
    execute format('drop table %I', part);
  end if;
  return part;
end $$;

-- What a user has acknowledged of what reached their own channel: positions of the log.
create table realtime_inboxes (
  user_id uuid primary key,
  acknowledged bigint not null,
  newest bigint not null,
  -- The end of what somebody was told to be overdue.
  told bigint not null default 0,
  -- When the oldest message came that is neither acknowledged nor told.
  oldest_unacknowledged_at timestamptz
) with (fillfactor = 80);
create index realtime_inboxes_overdue on realtime_inboxes (oldest_unacknowledged_at) where oldest_unacknowledged_at is not null;

create table announcements (
  id uuid primary key,
  target jsonb not null,
  title jsonb not null,
  body jsonb not null,
  severity text not null check (severity in ('info', 'success', 'warning', 'critical')),
  starts_at timestamptz not null,
  ends_at timestamptz check (ends_at > starts_at),
  created_at timestamptz not null,
  created_by uuid,
  sent_at timestamptz,
  withdrawn_at timestamptz
);
create index announcements_due on announcements (starts_at) where sent_at is null and withdrawn_at is null;
