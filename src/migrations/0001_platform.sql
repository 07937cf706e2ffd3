-- The machines under every domain: the event log and its readers, idempotency, mail, settings, secrets.

-- The event log --------------------------------------------------------------------------------------------------------

create sequence event_positions as bigint;

-- Partitioned by position, so that positions are unique by constraint, a reader's query touches one partition, and order
-- needs no sort. A new month begins a new partition (see open_event_partitions), so that retention drops whole months.
create table events (
  position bigint primary key,
  id uuid not null,
  type text not null,
  subject text not null,
  actor text,
  data jsonb not null,
  request_id text,
  occurred_at timestamptz not null
) partition by range (position);

create index events_subject on events (subject, position);
create index events_type on events (type, position);

-- Partition n holds the positions from n * 10^10; opened_at is null while it waits for its month.
create table event_partitions (
  number int primary key,
  opened_at timestamptz
);

create function refuse_event_change() returns trigger language plpgsql as $$
begin
  raise exception 'The event log is append-only: % is refused', lower(tg_op) using errcode = 'insufficient_privilege';
end $$;

create trigger append_only before update or delete on events for each row execute function refuse_event_change();
create trigger never_truncated before truncate on events execute function refuse_event_change();

-- Begins a new partition when the newest was opened in an earlier month, and keeps `ahead` empty ones ready. Moving on is a
-- jump of the sequence: positions get a gap, which every reader must bear anyway, and no running append is disturbed.
create function open_event_partitions(at timestamptz, ahead int) returns int language plpgsql as $$
declare
  size constant bigint := 10000000000;
  newest bigint;
  current int;
  opened timestamptz;
  made int := 0;
begin
  perform pg_advisory_xact_lock(1247215615, 2);
  newest := coalesce(pg_sequence_last_value('event_positions'), 0);
  current := newest / size;
  select opened_at into opened from event_partitions where number = current;
  if date_trunc('month', opened, 'UTC') < date_trunc('month', at, 'UTC') then
    if newest > current * size then
      current := current + 1;
      perform setval('event_positions', current * size);
    end if;
    opened := null;
  end if;
  for n in current .. current + ahead loop
    if to_regclass(format('events_%s', n)) is null then
      -- Made first and attached then, which unlike PARTITION OF lets readers and writers of the log go on.
      execute format('create table events_%s (like events including defaults including constraints)', n);
      execute format('alter table events attach partition events_%s for values from (%s) to (%s)',
        n, n * size, (n + 1) * size);
      execute format('create trigger never_truncated before truncate on events_%s execute function refuse_event_change()', n);
      insert into event_partitions (number) values (n);
      made := made + 1;
    end if;
  end loop;
  update event_partitions set opened_at = at where number <= current and (opened_at is null or (number = current and opened is null));
  return made;
end $$;

select open_event_partitions(now(), 2);

-- Positions are handed out before COMMIT, so that a reader which sees position 7 may not assume that 6 will never appear.
-- Each append therefore first takes a shared advisory lock named after the newest position there is, and holds it until its
-- transaction has ended: everything it writes lies above that position. The name is split over the two halves of the lock's
-- key: 1247215616 + the bits from 31 up, and the 31 low bits. Called as the last statement before COMMIT.
create function append_events(batch jsonb) returns void language plpgsql as $$
declare
  newest bigint := coalesce(pg_sequence_last_value('event_positions'), 0);
begin
  perform pg_advisory_xact_lock_shared(1247215616 + (newest >> 31)::int, (newest & 2147483647)::int);
  insert into events (position, id, type, subject, actor, data, request_id, occurred_at)
  select nextval('event_positions'), e.id, e.type, e.subject, e.actor, e.data, e.request_id, e.occurred_at
  from jsonb_to_recordset(batch) as e (
    id uuid, type text, subject text, actor text, data jsonb, request_id text, occurred_at timestamptz);
end $$;

-- The position up to which the log is settled: no transaction that still runs can add anything at or below it. The newest
-- position must be read before the locks: whoever took a position by then had its lock already, and whose lock is gone has
-- committed, visibly to the next snapshot. A snapshot older than this call would make it lie, hence read committed only.
create function event_horizon(out horizon bigint, out newest bigint) language plpgsql as $$
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'The event log is read in read committed transactions only';
  end if;
  newest := coalesce(pg_sequence_last_value('event_positions'), 0);
  select least(newest, min(((classid::bigint - 1247215616) << 31) | objid::bigint)) into horizon
  from pg_locks
  where locktype = 'advisory' and objsubid = 2 and classid::bigint between 1247215616 and 1247281151
    and database = (select oid from pg_database where datname = current_database());
end $$;

-- At most `max` settled events after a position, oldest first, and the horizon they were read under: one round trip. Each
-- statement of a volatile function has its own snapshot, so the events are read after the horizon was fixed.
create function read_events(after bigint, max int, types text[], out horizon bigint, out newest bigint, out events json)
language plpgsql as $$
declare
  settled bigint;
begin
  select h.horizon, h.newest into settled, newest from event_horizon() h;
  horizon := settled;
  select coalesce(json_agg(e), '[]') into events from (
    select l.position, l.id, l.type, l.subject, l.actor, l.data, l.request_id, l.occurred_at
    from events l
    where l.position > after and l.position <= settled and (types is null or l.type = any (types))
    order by l.position
    limit max
  ) e;
end $$;

-- Everything up to `position` has been handled or parked.
create table event_readers (
  name text primary key,
  position bigint not null,
  attempts int not null default 0,
  retry_at timestamptz,
  last_error text,
  updated_at timestamptz not null default now()
);

create table parked_events (
  reader text not null references event_readers (name) on delete cascade,
  position bigint not null,
  error text not null,
  attempts int not null,
  parked_at timestamptz not null,
  retry boolean not null default false,
  primary key (reader, position)
);

-- Repeatable requests --------------------------------------------------------------------------------------------------

create table idempotency_keys (
  caller text not null,
  key text not null,
  operation text not null,
  request_hash bytea not null,
  status int,
  body jsonb,
  created_at timestamptz not null default now(),
  primary key (caller, key)
);

create index idempotency_keys_age on idempotency_keys (created_at);

-- Mail -----------------------------------------------------------------------------------------------------------------

create table mails (
  id uuid primary key,
  to_address text not null,
  to_name text,
  subject text not null,
  text text not null,
  html text,
  locale text not null,
  kind text not null,
  status text not null default 'queued' check (status in ('kept', 'queued', 'sent', 'failed')),
  attempts int not null default 0,
  last_error text,
  next_attempt_at timestamptz default now(),
  created_at timestamptz not null default now(),
  sent_at timestamptz
);

create index mails_due on mails (next_attempt_at) where status = 'queued';
create index mails_newest on mails (created_at desc, id desc);
create index mails_of_address on mails (to_address, created_at desc);

-- What the platform remembers about itself -----------------------------------------------------------------------------

create table settings (
  key text primary key,
  value jsonb not null,
  updated_at timestamptz not null default now()
);

-- Keys of the platform's own making, such as the ones that sign tokens. Encrypted before they get here.
create table secrets (
  name text primary key,
  value bytea not null,
  created_at timestamptz not null default now(),
  rotated_at timestamptz
);
