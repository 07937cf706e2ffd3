-- Invoices. The number is drawn from the year's counter in the transaction that writes the invoice, so a rolled back order
-- leaves no gap. Names are copied: an invoice says what it said on the day it was issued.
create table invoice_counters (
  year int primary key,
  last int not null check (last > 0)
) with (fillfactor = 10);

create table invoices (
  id uuid primary key,
  number text not null unique,
  year int not null,
  sequence int not null,
  project_id uuid not null references projects,
  project_name text not null,
  client_id uuid not null references users,
  client_name text not null,
  status text not null check (status in
    ('unpaid', 'pending', 'paid', 'failed', 'expired', 'cancelled', 'partially_refunded', 'refunded')),
  total bigint not null check (total > 0),
  issued_at timestamptz not null,
  paid_at timestamptz,
  updated_at timestamptz not null,
  unique (year, sequence)
);
create index invoices_client on invoices (client_id, id desc);
create index invoices_project on invoices (project_id);
create index invoices_status on invoices (status, id desc);

create table invoice_lines (
  invoice_id uuid not null references invoices,
  position int not null,
  description text not null,
  quantity int not null check (quantity > 0),
  unit_price bigint not null check (unit_price >= 0),
  amount bigint not null check (amount = quantity * unit_price),
  primary key (invoice_id, position)
);

-- Attempts to pay. `next_check_at` is when the provider is asked again; it also serves as the lease of who asks.
create table payment_attempts (
  id uuid primary key,
  invoice_id uuid not null references invoices,
  method text not null check (method in ('qris')),
  status text not null check (status in
    ('created', 'pending', 'settled', 'expired', 'denied', 'cancelled', 'failed', 'partially_refunded', 'refunded')),
  order_id text not null unique,
  -- The provider's id of the charge; a code that was paid twice has another transaction under the same order id.
  transaction_id text,
  amount bigint not null check (amount > 0),
  qr_string text,
  qr_image_url text,
  expires_at timestamptz,
  settled_at timestamptz,
  ended_at timestamptz,
  cancel_requested_at timestamptz,
  next_check_at timestamptz,
  failed_checks int not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index payment_attempts_invoice on payment_attempts (invoice_id, id);
-- Two live codes of one invoice would invite paying twice.
create unique index payment_attempts_one_live on payment_attempts (invoice_id) where status in ('created', 'pending');
create index payment_attempts_due on payment_attempts (next_check_at) where next_check_at is not null;

-- Money that really arrived: one row for each payment the provider settled, however often it is reported.
create table payment_receipts (
  id uuid primary key,
  attempt_id uuid not null references payment_attempts,
  transaction_id text not null,
  amount bigint not null check (amount > 0),
  settled_at timestamptz not null,
  created_at timestamptz not null,
  unique (attempt_id, transaction_id)
);

create table payment_refunds (
  id uuid primary key,
  attempt_id uuid not null references payment_attempts,
  -- Under which the provider knows the refund; ours, or the provider's own for a refund made on its dashboard.
  key text not null,
  -- The payment it gives back.
  transaction_id text not null,
  amount bigint not null check (amount > 0),
  reason text not null,
  status text not null check (status in ('requested', 'confirmed', 'failed')),
  -- Caller and Idempotency-Key: the same request finds the same refund, also after a crash.
  request_key text unique,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  unique (attempt_id, key)
);

-- The inbox of the provider's notifications: stored before it is answered, processed afterwards. `due_at` is the time of
-- the next try and the lease of the one who tries.
create table payment_notifications (
  id uuid primary key,
  key text not null unique,
  order_id text not null,
  attempt_id uuid not null references payment_attempts,
  body jsonb not null,
  transaction_id text not null,
  claimed_amount bigint not null,
  status text not null check (status in ('received', 'processed', 'parked')),
  tries int not null default 0,
  due_at timestamptz not null,
  last_error text,
  received_at timestamptz not null,
  processed_at timestamptz
);
create index payment_notifications_due on payment_notifications (due_at) where status = 'received';
create index payment_notifications_attempt on payment_notifications (attempt_id);

create table payment_flags (
  id uuid primary key,
  kind text not null check (kind in ('late_payment', 'overpaid', 'amount_mismatch', 'paid_after_cancellation',
    'charge_unknown', 'refund_unconfirmed', 'chargeback')),
  -- What it is about, so that one matter is flagged once.
  reference text not null,
  invoice_id uuid not null references invoices,
  attempt_id uuid references payment_attempts,
  detail text not null,
  amount bigint,
  created_at timestamptz not null,
  resolved_at timestamptz,
  resolved_by uuid references users,
  note text,
  unique (kind, reference)
);
create index payment_flags_open on payment_flags (id desc) where resolved_at is null;
create index payment_flags_invoice on payment_flags (invoice_id);

-- The ledger: double entry in whole rupiah; debits are positive. `reference` names the fact, so that no fact is booked twice.
create table ledger_transactions (
  id uuid not null,
  invoice_id uuid not null references invoices,
  kind text not null check (kind in ('invoice_issued', 'invoice_cancelled', 'payment_received', 'payment_refunded')),
  reference text not null unique,
  booked_at timestamptz not null,
  primary key (invoice_id, id)
);
create index ledger_transactions_kind on ledger_transactions (kind, booked_at);
create table ledger_entries (
  id uuid primary key,
  transaction_id uuid not null,
  invoice_id uuid not null,
  account text not null check (account in ('accounts_receivable', 'revenue', 'gateway_clearing', 'refunds')),
  amount bigint not null check (amount <> 0),
  foreign key (invoice_id, transaction_id) references ledger_transactions (invoice_id, id)
);
create index ledger_entries_balance on ledger_entries (invoice_id, account) include (amount, transaction_id);

create function ledger_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is append-only: % of % is refused; book a reversal', tg_op, tg_table_name
    using errcode = 'restrict_violation';
end $$;
create trigger ledger_transactions_append_only before update or delete or truncate on ledger_transactions
  for each statement execute function ledger_is_append_only();
create trigger ledger_entries_append_only before update or delete or truncate on ledger_entries
  for each statement execute function ledger_is_append_only();

create function ledger_sums_to_zero() returns trigger language plpgsql as $$
declare
  difference numeric;
begin
  select sum(amount) into difference from ledger_entries
    where invoice_id = new.invoice_id and transaction_id = new.transaction_id;
  if difference <> 0 then
    raise exception 'ledger transaction % is out of balance by %', new.transaction_id, difference
      using errcode = 'check_violation';
  end if;
  return null;
end $$;
-- At commit, when all entries of the transaction are there.
create constraint trigger ledger_entries_sum_to_zero after insert on ledger_entries
  deferrable initially deferred for each row execute function ledger_sums_to_zero();
