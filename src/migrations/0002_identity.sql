-- Accounts, sessions, and the single-use links that are mailed.
create table users (
  id uuid primary key,
  name text not null,
  email text not null unique check (email = lower(email)),
  phone text,
  role text not null check (role in ('client', 'staff', 'admin')),
  locale text not null check (locale in ('id', 'en')),
  password_hash text not null,
  password_is_temporary boolean not null default false,
  email_verified_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index users_clients on users (id desc) where role = 'client';

-- Only the hash of a session's token is stored; a stolen table opens no session.
create table sessions (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  token_hash bytea not null unique,
  address text not null,
  user_agent text,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index sessions_user on sessions (user_id, id desc);
create index sessions_expiry on sessions (expires_at);

create table mailed_links (
  token_hash bytea primary key,
  user_id uuid not null references users on delete cascade,
  purpose text not null check (purpose in ('verify_email', 'reset_password')),
  email text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index mailed_links_user on mailed_links (user_id, purpose);

-- Failed attempts to sign in, per account and per address, as a leaking bucket.
create table login_attempts (
  bucket text primary key,
  level double precision not null,
  updated_at timestamptz not null
);
