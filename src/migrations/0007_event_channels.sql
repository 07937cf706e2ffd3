-- Each event is stored with the channels it reaches, so that what a channel's readers missed is one indexed read, and with how
-- it is delivered, so that whoever delivers it need not know its contract. Events from before have none of it: the log gets a
-- name of its own here, and cursors belong to that name.
alter table events
  add column channels text[] not null default '{}',
  -- The message type it is pushed to clients as; null when it is not.
  add column live text,
  -- What people outside the agency are shown, where that is less than 'data'.
  add column shown jsonb,
  -- Never compressed together with what others wrote.
  add column secret boolean not null default false;

-- Without a pending list: no append pays for flushing those of others.
create index events_channels on events using gin (channels) with (fastupdate = off);

insert into settings (key, value) values ('event_log', jsonb_build_object(
  'epoch', gen_random_uuid()::text,
  'since', coalesce(pg_sequence_last_value('event_positions'), 0)));

create or replace function append_events(batch jsonb) returns void language plpgsql as $$
declare
  newest bigint := coalesce(pg_sequence_last_value('event_positions'), 0);
begin
  perform pg_advisory_xact_lock_shared(1247215616 + (newest >> 31)::int, (newest & 2147483647)::int);
  insert into events (position, id, type, subject, actor, data, request_id, occurred_at, channels, live, shown, secret)
  select nextval('event_positions'), e.id, e.type, e.subject, e.actor, e.data, e.request_id, e.occurred_at,
    coalesce(e.channels, '{}'), e.live, e.shown, coalesce(e.secret, false)
  from jsonb_to_recordset(batch) as e (
    id uuid, type text, subject text, actor text, data jsonb, request_id text, occurred_at timestamptz, channels text[],
    live text, shown jsonb, secret boolean);
end $$;

create or replace function read_events(after bigint, max int, types text[], out horizon bigint, out newest bigint, out events json)
language plpgsql as $$
declare
  settled bigint;
begin
  select h.horizon, h.newest into settled, newest from event_horizon() h;
  horizon := settled;
  select coalesce(json_agg(e), '[]') into events from (
    select l.position, l.id, l.type, l.subject, l.actor, l.data, l.request_id, l.occurred_at, l.channels, l.live, l.shown, l.secret
    from events l
    where l.position > after and l.position <= settled and (types is null or l.type = any (types))
    order by l.position
    limit max
  ) e;
end $$;


-- At most `max` settled events in (after, up_to] that reach one of the channels, oldest first, and the end that was read to.
-- Planned anew at each call, with the channels known: whom nearly everything reaches is served by walking the log, who is
-- rarely reached by the index.
create function events_reaching(wanted text[], after bigint, up_to bigint, max int, out settled bigint, out events json)
language plpgsql as $$
begin
  select least(up_to, h.horizon) into settled from event_horizon() h;
  execute 'select coalesce(json_agg(e), ''[]'') from (
    select l.position, l.id, l.type, l.subject, l.actor, l.data, l.request_id, l.occurred_at, l.channels, l.live, l.shown, l.secret
    from events l
    where l.position > $1 and l.position <= $2 and l.channels && $3
    order by l.position
    limit $4
  ) e' into events using after, settled, wanted, max;
end $$;

-- Blocked accounts cannot sign in; their sessions end when they are blocked.
alter table users add column blocked_at timestamptz, add column block_reason text;
