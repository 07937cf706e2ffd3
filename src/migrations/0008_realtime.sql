-- Live connections: what the gateways say of themselves and of those they serve, what was sent to whom, inboxes, announcements.

-- A gateway process, as long as it sends its heartbeat.
create table realtime_nodes (
  id uuid primary key,
  name text not null,
  started_at timestamptz not null,
  heartbeat_at timestamptz not null,
  figures jsonb not null
);

-- No key to users: a record of who was connected outlives the account. By day, so that 90 days are kept by dropping tables.
create table websocket_connections (
  id uuid not null,
  user_id uuid not null,
  node uuid not null,
  role text not null,
  protocol text not null,
  connected_at timestamptz not null,
  last_heartbeat_at timestamptz not null,
  address text not null,
  user_agent text,
  status text not null default 'open' check (status in ('open', 'closed')),
  closed_at timestamptz,
  close_code int,
  close_reason text,
  channels text[] not null default '{}',
  messages int not null default 0,
  primary key (connected_at, id)
) partition by range (connected_at);
create index websocket_connections_id on websocket_connections (id);
create index websocket_connections_open on websocket_connections (node) where status = 'open';
create index websocket_connections_user on websocket_connections (user_id, connected_at desc);
create table websocket_connections_default partition of websocket_connections default;

-- One row a message and channel, with all connections of a node that it went to: a row each would cost more than sending it.
create table websocket_messages (
  sent_at timestamptz not null,
  position bigint not null,
  channel text not null,
  type text not null,
  event text not null,
  node uuid not null,
  connection_ids uuid[] not null,
  delivered boolean not null
) partition by range (sent_at);
create index websocket_messages_newest on websocket_messages (sent_at desc, position desc);
create index websocket_messages_connections on websocket_messages using gin (connection_ids);
create table websocket_messages_default partition of websocket_messages default;

-- A partition for each of the days from `first`; those whose last day is before `oldest` are dropped. Rows that came before
-- their day had a partition are moved there from the default one.
create function open_websocket_days(first date, days int, oldest date) returns int language plpgsql as $$
declare
  parent text;
  part text;
  day date;
  made int := 0;
begin
  perform pg_advisory_xact_lock(1247215615, 3);
  foreach parent in array array['websocket_connections', 'websocket_messages'] loop
    for n in 0 .. days - 1 loop
      day := first + n;
      part := format('%s_%s', parent, to_char(day, 'YYYYMMDD'));
      if to_regclass(part) is null then
        execute format('create table %I (like %I including defaults including constraints)', part, parent);
        execute format('with early as (delete from %I_default where %I >= %L and %I < %L returning *) insert into %I select * from early',
          parent, case parent when 'websocket_connections' then 'connected_at' else 'sent_at' end, day::timestamp at time zone 'UTC',
          case parent when 'websocket_connections' then 'connected_at' else 'sent_at' end, (day + 1)::timestamp at time zone 'UTC', part);
        execute format('alter table %I attach partition %I for values from (%L) to (%L)', parent, part,
          day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC');
        made := made + 1;
      end if;
    end loop;
    for part in select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = parent::regclass and c.relname ~ '_[0-9]{8}$' and to_date(right(c.relname, 8), 'YYYYMMDD') < oldest
    loop
      execute format('drop table %I', part);
    end loop;
  end loop;
  return made;
end $$;
select open_websocket_days((now() at time zone 'UTC')::date, 3, (now() at time zone 'UTC')::date - 90);

-- What a user has acknowledged, and what waits: positions of the log.
create table realtime_inboxes (
  user_id uuid primary key,
  acknowledged bigint not null,
  newest bigint not null,
  oldest_waiting_at timestamptz,
  told bigint not null default 0
);
create index realtime_inboxes_waiting on realtime_inboxes (oldest_waiting_at) where oldest_waiting_at is not null;

create table announcements (
  id uuid primary key,
  target jsonb not null,
  title jsonb not null,
  body jsonb not null,
  severity text not null check (severity in ('info', 'success', 'warning', 'critical')),
  starts_at timestamptz not null,
  ends_at timestamptz,
  created_at timestamptz not null,
  created_by uuid,
  sent_at timestamptz,
  withdrawn_at timestamptz
);
create index announcements_due on announcements (starts_at) where sent_at is null and withdrawn_at is null;
create index announcements_newest on announcements (id desc);
