// Accounts, sessions, mailed links and failed attempts in the database.
import { sql } from 'kysely'
import type { Insertable, Selectable } from 'kysely'
import type { Scope } from '../../platform/contract/call.ts'
import type { Role } from '../../platform/contract/operation.ts'
import type { Locale } from '../../platform/contract/shapes.ts'
import type { Reader, Tx } from '../../platform/database.ts'
import type { LinkPurpose } from './session.ts'
import type { Brake } from './throttle.ts'

interface UserTable {
  id: string
  name: string
  email: string
  phone: string | null
  role: Role
  locale: Locale
  password_hash: string
  password_is_temporary: boolean
  email_verified_at: Date | null
  blocked_at: Date | null
  block_reason: string | null
  created_at: Date
  updated_at: Date
}
interface SessionTable {
  id: string
  user_id: string
  token_hash: Buffer
  address: string
  user_agent: string | null
  created_at: Date
  last_seen_at: Date
  expires_at: Date
}
declare module '../../platform/database.ts' {
  interface Tables {
    users: UserTable
    sessions: SessionTable
    mailed_links: {
      token_hash: Buffer
      user_id: string
      purpose: LinkPurpose
      email: string
      created_at: Date
      expires_at: Date
    }
    login_attempts: { bucket: string; level: number; updated_at: Date }
  }
}
export type UserRow = Selectable<UserTable>

export async function addUser(tx: Tx, user: Insertable<UserTable>): Promise<boolean> {
  const result = await tx
    .insertInto('users')
    .values(user)
    .onConflict((conflict) => conflict.column('email').doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0) === 1
}
export const userByEmail = (reader: Reader, email: string) =>
  reader.selectFrom('users').selectAll().where('email', '=', email).executeTakeFirst()
export const userById = (reader: Reader, id: string) =>
  reader.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst()
/** The signed-in user's row, locked. */
export const lockUser = (tx: Tx, id: string) =>
  tx.selectFrom('users').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
export const admins = (reader: Reader) =>
  reader
    .selectFrom('users')
    .selectAll()
    .where('role', '=', 'admin')
    .where('blocked_at', 'is', null)
    .orderBy('id')
    .limit(20)
    .execute()
export const hasAdmin = async (reader: Reader) =>
  (await reader.selectFrom('users').select('id').where('role', '=', 'admin').limit(1).executeTakeFirst()) !== undefined

export const updateUser = (tx: Tx, id: string, changes: Partial<Omit<UserTable, 'id'>>) =>
  tx.updateTable('users').set(changes).where('id', '=', id).returningAll().executeTakeFirstOrThrow()

/** Clients for the agency, newest first, below the id `before`. */
export function clients(
  reader: Reader,
  scope: Scope,
  page: { limit: number; before: string | null; search?: string | undefined; id?: string },
) {
  let query = reader.selectFrom('users').selectAll().where('role', '=', 'client')
  if (scope.reach === 'own') query = query.where('id', '=', scope.userId)
  if (page.id) query = query.where('id', '=', page.id)
  if (page.before) query = query.where('id', '<', page.before)
  if (page.search) {
    const pattern = `%${page.search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
    query = query.where((where) => where.or([where('name', 'ilike', pattern), where('email', 'ilike', pattern)]))
  }
  return query.orderBy('id', 'desc').limit(page.limit).execute()
}

export const addSession = (tx: Tx, session: Insertable<SessionTable>) =>
  tx.insertInto('sessions').values(session).execute()

// A block ends the sessions as well; that no look-up finds one of a blocked account does not depend on it.
const withUser = (reader: Reader) =>
  reader
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .where('users.blocked_at', 'is', null)
    .select([
      'sessions.id as session_id',
      'sessions.last_seen_at',
      'sessions.expires_at',
      'users.id',
      'users.name',
      'users.email',
      'users.role',
      'users.locale',
      'users.email_verified_at',
    ])
export const sessionByToken = (reader: Reader, tokenHash: Buffer) =>
  withUser(reader).where('sessions.token_hash', '=', tokenHash).executeTakeFirst()
export const sessionById = (reader: Reader, id: string) =>
  withUser(reader).where('sessions.id', '=', id).executeTakeFirst()

export const touchSession = (reader: Reader, id: string, now: Date) =>
  reader.updateTable('sessions').set({ last_seen_at: now }).where('id', '=', id).execute()

export function sessionsOf(
  reader: Reader,
  userId: string,
  now: Date,
  idleSince: Date,
  page: { limit: number; before: string | null },
) {
  let query = reader
    .selectFrom('sessions')
    .selectAll()
    .where('user_id', '=', userId)
    .where('expires_at', '>', now)
    .where('last_seen_at', '>', idleSince)
  if (page.before) query = query.where('id', '<', page.before)
  return query.orderBy('id', 'desc').limit(page.limit).execute()
}
/** Ends sessions of a user: one, or all but one, or all. Returns the ids that ended. */
export async function endSessions(
  tx: Tx,
  userId: string,
  which: { only?: string; except?: string },
): Promise<string[]> {
  let query = tx.deleteFrom('sessions').where('user_id', '=', userId)
  if (which.only) query = query.where('id', '=', which.only)
  if (which.except) query = query.where('id', '<>', which.except)
  return (await query.returning('id').execute()).map(({ id }) => id)
}
export async function dropStale(reader: Reader, now: Date, idleSince: Date): Promise<void> {
  await reader
    .deleteFrom('sessions')
    .where((where) => where.or([where('expires_at', '<=', now), where('last_seen_at', '<=', idleSince)]))
    .execute()
  await reader.deleteFrom('mailed_links').where('expires_at', '<=', now).execute()
  await reader
    .deleteFrom('login_attempts')
    .where('updated_at', '<', new Date(now.getTime() - 86_400_000))
    .execute()
}

/** A link of a purpose replaces the earlier ones. */
export async function addLink(
  tx: Tx,
  link: { tokenHash: Buffer; userId: string; purpose: LinkPurpose; email: string; now: Date; expiresAt: Date },
) {
  await tx.deleteFrom('mailed_links').where('user_id', '=', link.userId).where('purpose', '=', link.purpose).execute()
  await tx
    .insertInto('mailed_links')
    .values({
      token_hash: link.tokenHash,
      user_id: link.userId,
      purpose: link.purpose,
      email: link.email,
      created_at: link.now,
      expires_at: link.expiresAt,
    })
    .execute()
}
/** Takes the link out: of many at once, one gets it. */
export const takeLink = (tx: Tx, tokenHash: Buffer, purpose: LinkPurpose, now: Date) =>
  tx
    .deleteFrom('mailed_links')
    .where('token_hash', '=', tokenHash)
    .where('purpose', '=', purpose)
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst()

/**
 * Adds one attempt to a bucket that forgets one every `forgets` milliseconds and returns its level. It overflows at one more
 * than it holds, so that whoever keeps trying is not locked out for ever.
 */
export async function fillBucket(
  reader: Reader,
  bucket: string,
  { holds, forgets }: Brake,
  now: Date,
): Promise<number> {
  const leaked = sql<number>`greatest(0, login_attempts.level - greatest(0, extract(epoch from (${now}::timestamptz - login_attempts.updated_at))) * 1000 / ${forgets}::float8)`
  const row = await reader
    .insertInto('login_attempts')
    .values({ bucket, level: 1, updated_at: now })
    .onConflict((conflict) =>
      conflict
        .column('bucket')
        .doUpdateSet({ level: sql<number>`least(${holds + 1}::float8, ${leaked} + 1)`, updated_at: now }),
    )
    .returning('level')
    .executeTakeFirstOrThrow()
  return row.level
}
/** The attempt was a good one: the account's failures are forgiven, the address gets its one back. */
export async function forgive(reader: Reader, account: string, address: string): Promise<void> {
  await reader.deleteFrom('login_attempts').where('bucket', '=', account).execute()
  await reader
    .updateTable('login_attempts')
    .set({ level: sql<number>`greatest(0, level - 1)` })
    .where('bucket', '=', address)
    .execute()
}
export const emptyBucket = (reader: Reader, bucket: string) =>
  reader.deleteFrom('login_attempts').where('bucket', '=', bucket).execute()

/** Of several processes that start on an empty database, one at a time looks for the owner. */
export const lockOwnership = (tx: Tx) => sql`select pg_advisory_xact_lock(hashtext('identity.owner'))`.execute(tx)
