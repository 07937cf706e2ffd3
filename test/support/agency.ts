// Orders and billing on a real database behind the real dispatcher, with the provider in memory and time in the test's hands.
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { createBilling } from '../../src/domains/billing/billing.ts'
import { createContent } from '../../src/domains/content/content.ts'
import { createProjects } from '../../src/domains/projects/projects.ts'
import { ManualClock } from '../../src/platform/clock.ts'
import type { Account } from '../../src/platform/contract/call.ts'
import { createDispatch } from '../../src/platform/contract/dispatch.ts'
import type { GivenInput, Operation, Output, Role } from '../../src/platform/contract/operation.ts'
import { Problem } from '../../src/platform/contract/problem.ts'
import { createRegistry } from '../../src/platform/contract/registry.ts'
import { openEventLog } from '../../src/platform/events/log.ts'
import { openFiles } from '../../src/platform/files.ts'
import type { StoredEvent } from '../../src/platform/events/log.ts'
import { newId } from '../../src/platform/ids.ts'
import { createMemoryLimiter } from '../../src/platform/limits/limiter.ts'
import type { Platform } from '../../src/platform/platform.ts'
import { createTestDatabase, quiet } from './database.ts'
import { createProvider } from './provider.ts'

export async function createAgency(options: { poolSize?: number } = {}) {
  const { database, drop, url } = await createTestDatabase(options)
  const clock = new ManualClock('2026-11-23T03:00:00.000Z')
  const events = openEventLog({ database, clock, log: quiet })
  const mailer = { send: () => Promise.resolve() }
  const platform: Platform = {
    clock,
    random: () => 0.5,
    log: quiet,
    database,
    events,
    mailer,
    files: openFiles({ folder: join(tmpdir(), `jasaweb-agency-${randomUUID()}`), clock }),
    publicUrl: 'https://agency.test',
  }
  const provider = createProvider(clock)
  const people = new Map<string, Account>()
  const identity = { addressee: (id: string) => Promise.resolve(people.get(id) ?? null) }
  const content = createContent({ platform })
  const billing = createBilling({
    platform,
    gateway: provider.gateway,
    identity,
    onPaid: (tx, paid) => projects.startPaid(tx, paid),
  })
  const projects = createProjects({ platform, content, billing })
  const registry = createRegistry([content, billing, projects])
  events.declare(registry.events)
  await content.seed()
  const dispatch = createDispatch({
    registry,
    database,
    events,
    log: quiet,
    limiter: createMemoryLimiter({ quota: 1_000_000_000, windowSeconds: 60 }, clock),
  })

  async function person(role: Role, name = role as string): Promise<Account> {
    const id = newId(clock)
    const account: Account = { id, name, email: `${id}@agency.test`, role, locale: 'id', emailVerified: true }
    await database.pool.query(
      `insert into users (id, name, email, role, locale, password_hash, created_at, updated_at) values ($1, $2, $3, $4, 'id', '', now(), now())`,
      [id, name, account.email, role],
    )
    people.set(id, account)
    return account
  }
  /** Calls an operation as somebody; null is nobody. Idempotent ones get a fresh key unless one is given. */
  async function call<T extends Operation>(
    user: Account | null,
    operation: T,
    input: GivenInput<T>,
    key: string = randomUUID(),
  ): Promise<Output<T>> {
    const caller = user
      ? { kind: 'user' as const, user, sessionId: newId(), address: '127.0.0.1', via: 'cookie' as const }
      : { kind: 'anonymous' as const, address: '127.0.0.1' }
    const answer = await dispatch(operation, input, {
      caller,
      requestId: newId(),
      locale: 'id',
      idempotencyKey: operation.idempotent ? key : null,
    })
    return answer.body as Output<T>
  }
  return {
    platform,
    database,
    url,
    clock,
    provider,
    billing,
    projects,
    content,
    registry,
    person,
    call,
    drop: async () => {
      await events.close()
      await drop()
    },
    /** Works through the inbox until nothing is due. */
    async processInbox() {
      while (await billing.processNotification());
    },
    /** Lets time pass and checks what became due, until nothing is. */
    async reconcile(ms = 0) {
      await clock.advance(ms)
      while (await billing.reconcile());
    },
    async eventsOf(subject: string): Promise<Pick<StoredEvent, 'type' | 'actor' | 'data'>[]> {
      const result = await database.pool.query(
        'select type, actor, data from events where subject = $1 order by position',
        [subject],
      )
      return result.rows as Pick<StoredEvent, 'type' | 'actor' | 'data'>[]
    },
    /** The sums of the ledger's accounts, of one invoice or of all. */
    async ledger(invoiceId?: string): Promise<Record<string, number>> {
      const result = await database.pool.query<{ account: string; amount: number }>(
        `select account, sum(amount)::bigint as amount from ledger_entries where $1::uuid is null or invoice_id = $1 group by account`,
        [invoiceId ?? null],
      )
      return Object.fromEntries(result.rows.map(({ account, amount }) => [account, amount]))
    },
  }
}
export type Agency = Awaited<ReturnType<typeof createAgency>>

/** The code of the problem that `work` was refused with; fails when it was not refused. */
export async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    if (error instanceof Problem) return error.type.code
    throw error
  }
  throw new Error('it was not refused')
}
