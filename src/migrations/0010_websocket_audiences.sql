-- Who got a message that went to many is kept once for all messages of a day that went to the same connections: with each of them, a
-- thousand ids would take 16 KB again. Of few, the ids stay with the message, where an index finds them.

-- Whoever makes a day's tables ready takes this lock before those of the tables.
select pg_advisory_xact_lock(1247215615, 3);

-- Kept and dropped by the day, like the messages.
create table websocket_audiences (
  -- Of the messages' time, in UTC.
  day date not null,
  -- SHA-256 of the ids, as the text of an array.
  digest bytea not null,
  -- `external`: random ids do not get smaller by compressing them.
  connection_ids uuid[] storage external not null,
  -- When the first of its messages was sent: all in it were connected then.
  first_at timestamptz not null,
  primary key (day, digest)
) partition by range (day);
create index websocket_audiences_first on websocket_audiences (first_at);

alter table websocket_messages
  add audience bytea,
  alter connection_ids drop not null,
  add constraint websocket_messages_receivers check ((connection_ids is null) = (audience is not null));
drop index websocket_messages_many;
create index websocket_messages_audience on websocket_messages (sent_at, id) where audience is not null;
-- Of before, and of gateways that were not stopped for this: many receivers beside the message.
create index websocket_messages_inline on websocket_messages (sent_at) where connections > 50 and audience is null;

-- Makes a day's table of `parent` ready; answers whether there was none, as 0 or 1. It is made first and attached then, which unlike
-- PARTITION OF lets readers and writers go on.
create function open_websocket_part(parent text, day date, since text, until text, parameters text default '') returns int
language plpgsql as $$
declare
  part text := parent || '_' || to_char(day, 'YYYYMMDD');
begin
  if to_regclass(part) is not null then
    return 0;
  end if;
  execute format('create table %I (like %I including defaults including constraints including storage) %s', part, parent, parameters);
  execute format('alter table %I attach partition %I for values from (%L) to (%L)', parent, part, since, until);
  return 1;
end $$;

create or replace function open_websocket_days(first date, days int) returns int language plpgsql as $$
declare
  day date;
  made int := 0;
begin
  perform pg_advisory_xact_lock(1247215615, 3);
  for n in 0 .. days - 1 loop
    day := first + n;
    made := made
      + open_websocket_part('websocket_connections', day, first_uuid_of(day)::text, first_uuid_of(day + 1)::text, 'with (fillfactor = 80)')
      + open_websocket_part('websocket_audiences', day, day::text, (day + 1)::text)
      + open_websocket_part('websocket_messages', day, (day::timestamp at time zone 'UTC')::text,
          ((day + 1)::timestamp at time zone 'UTC')::text);
  end loop;
  return made;
end $$;

create or replace function drop_websocket_day(oldest date) returns text language plpgsql as $$
declare
  part text;
begin
  perform pg_advisory_xact_lock(1247215615, 3);
  select c.relname into part from pg_inherits i join pg_class c on c.oid = i.inhrelid
  where i.inhparent in ('websocket_connections'::regclass, 'websocket_audiences'::regclass, 'websocket_messages'::regclass)
    and right(c.relname, 8) ~ '^[0-9]{8}$' and right(c.relname, 8) < to_char(oldest, 'YYYYMMDD')
  -- Messages go before the receivers that they name.
  order by right(c.relname, 8), c.relname desc limit 1;
  if part is not null then
    execute format('drop table %I', part);
  end if;
  return part;
end $$;

-- A day whose tables are there already has one for its audiences from now on as well.
select open_websocket_days(to_date(right(c.relname, 8), 'YYYYMMDD'), 1)
from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'websocket_messages'::regclass and right(c.relname, 8) ~ '^[0-9]{8}$';
