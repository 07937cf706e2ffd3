-- Websites from order to handover. What was ordered (plan, its name, its support days) is copied: a later change of the
-- catalogue does not change an order.
create table projects (
  id uuid primary key,
  client_id uuid not null references users,
  name text not null,
  plan_id uuid not null references plans,
  plan_slug text not null,
  plan_name jsonb not null,
  template_id uuid references templates,
  status text not null check (status in ('pending_payment', 'in_progress', 'review', 'completed', 'cancelled')),
  brief jsonb,
  -- The first invoice. Its row is written after this one, in the same transaction, and refers back here.
  invoice_id uuid not null unique,
  revisions int not null default 0 check (revisions >= 0),
  support_days int not null check (support_days >= 0),
  support_until timestamptz check ((support_until is not null) = (status = 'completed')),
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index projects_client on projects (client_id, id desc);
create index projects_status on projects (status, id desc);
create index projects_plan on projects (plan_id);
create index projects_template on projects (template_id);

create table project_timeline (
  project_id uuid not null references projects,
  position int not null,
  at timestamptz not null,
  kind text not null check (kind in ('ordered', 'paid', 'started', 'submitted', 'revision_requested', 'approved', 'cancelled')),
  status text not null,
  note text,
  by text not null check (by in ('client', 'agency', 'system')),
  primary key (project_id, position)
);
