-- The books of the pretended payment provider. Nothing of JasaWeb's own reads them: it asks the provider over HTTP.
create table sandbox_transactions (
  transaction_id uuid primary key,
  order_id text not null check (length(order_id) between 1 and 50),
  -- 1 is the charge itself; a code that is paid again gets a transaction of its own under the same order.
  ordinal int not null check (ordinal >= 1),
  amount bigint not null check (amount between 1 and 10000000),
  status text not null check (status in ('pending', 'settlement', 'deny', 'expire', 'cancel', 'partial_refund', 'refund')),
  transaction_time timestamptz not null,
  expiry_time timestamptz not null,
  settlement_time timestamptz,
  -- A payment that is already on its way although the code has expired.
  settles_at timestamptz,
  qr_string text not null,
  acquirer text not null,
  -- What the merchant wants echoed: custom fields and metadata.
  echo jsonb not null,
  -- Null: the address the provider was configured with.
  notification_url text,
  unique (order_id, ordinal)
);
create index sandbox_transactions_expiring on sandbox_transactions (expiry_time) where status = 'pending';
create index sandbox_transactions_settling on sandbox_transactions (settles_at) where settles_at is not null;
create table sandbox_refunds (
  transaction_id uuid not null references sandbox_transactions,
  refund_key text not null,
  amount bigint not null check (amount > 0),
  reason text not null,
  created_at timestamptz not null,
  confirms_at timestamptz not null,
  bank_confirmed_at timestamptz,
  primary key (transaction_id, refund_key)
);
create index sandbox_refunds_confirming on sandbox_refunds (confirms_at) where bank_confirmed_at is null;
create table sandbox_notifications (
  id uuid primary key,
  transaction_id uuid not null references sandbox_transactions,
  url text,
  body text not null,
  -- Pretended forgeries come from somebody else and are not repeated.
  repeats boolean not null,
  attempts int not null default 0,
  -- When it is sent (again); while it is being sent, when another process may take over. Null: finished.
  due_at timestamptz,
  last_answer text,
  created_at timestamptz not null
);
create index sandbox_notifications_due on sandbox_notifications (due_at) where due_at is not null;
create index sandbox_notifications_transaction on sandbox_notifications (transaction_id);
create table sandbox_idempotency (
  key text primary key,
  answer jsonb not null,
  created_at timestamptz not null
);
create index sandbox_idempotency_age on sandbox_idempotency (created_at);
