-- What the agency offers. Texts are stored in both languages: {"id": "…", "en": "…"}.
create table plans (
  id uuid primary key,
  slug text not null unique,
  name jsonb not null,
  summary jsonb not null,
  price bigint not null check (price > 0),
  features jsonb not null,
  support_days int not null check (support_days >= 0),
  brief_kind text not null check (brief_kind in ('company', 'school', 'news')),
  position int not null,
  visible boolean not null
);
create table templates (
  id uuid primary key,
  slug text not null unique,
  plan_id uuid not null references plans,
  name jsonb not null,
  description jsonb not null,
  picture_url text not null,
  full_picture_url text,
  mobile_picture_url text,
  position int not null,
  visible boolean not null
);
create index templates_plan on templates (plan_id);
create table faqs (
  id uuid primary key,
  question jsonb not null,
  answer jsonb not null,
  position int not null,
  visible boolean not null
);
