// Accounts and sessions: registering, signing in and out, passwords, mailed links, and the list of clients.
import { hostname } from 'node:os'
import { implement, userOf } from '../../platform/contract/call.ts'
import type { Call } from '../../platform/contract/call.ts'
import { keyOf, pageOf } from '../../platform/contract/page.ts'
import { NotFound, TooManyRequests } from '../../platform/contract/problem.ts'
import { randomToken, sha256 } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/database.ts'
import { newId } from '../../platform/ids.ts'
import { networkOf } from '../../platform/limits/bucket.ts'
import type { Platform, Slice } from '../../platform/platform.ts'
import type { Tokens } from '../../platform/tokens.ts'
import { createAuthentication } from './authentication/authentication.ts'
import {
  AccountBlocked,
  EmailTaken,
  EmailVerified,
  LinkExpired,
  LoginThrottled,
  PasswordChanged,
  SessionsEnded,
  UserRegistered,
  WeakPassword,
  WrongCredentials,
  WrongPassword,
  events,
  operations,
  problems,
} from './contract.ts'
import { createHousekeeping } from './jobs.ts'
import { passwordChangedLetter, resetLetter, verifyLetter } from './letters.ts'
import { hashPassword, isCommon, isPassword } from './password.ts'
import { ACCESS_TOKEN_SECONDS, LINK_LIFE, SESSION_IDLE, SESSION_LIFE } from './session.ts'
import type { LinkPurpose } from './session.ts'
import { accountFor, addressee, newAccount, profileFor, publicUser } from './profile.ts'
import type { NewAccount } from './profile.ts'
import { createRights } from './rights/rights.ts'
import * as store from './store.ts'
import type { UserRow } from './store.ts'
import { ACCOUNT_BRAKE, ADDRESS_BRAKE, MAIL_BRAKE, secondsToWait } from './throttle.ts'

const refuseBlocked = ({ blocked_at: blocked }: UserRow) => {
  if (blocked) throw AccountBlocked.because('Write to the agency if this is a mistake.')
}
const refuseCommon = (password: string, pointer: string) => {
  if (isCommon(password)) {
    throw WeakPassword.because('This is one of the most common passwords; choose another.', {
      errors: [{ pointer, detail: 'Too common.' }],
    })
  }
}

export function createIdentity({ platform, tokens }: { platform: Platform; tokens: Tokens }) {
  const { database, clock, mailer, publicUrl } = platform
  const authentication = createAuthentication({ database, clock, tokens })

  async function openSession(tx: Tx, call: Pick<Call, 'caller' | 'userAgent'>, userId: string, life: number) {
    const token = randomToken()
    const now = clock.now()
    const session = { id: newId(clock), expiresAt: new Date(now.getTime() + life) }
    await store.addSession(tx, {
      id: session.id,
      user_id: userId,
      token_hash: sha256(token),
      address: call.caller.address,
      user_agent: call.userAgent?.slice(0, 300) ?? null,
      created_at: now,
      last_seen_at: now,
      expires_at: session.expiresAt,
    })
    return { ...session, token }
  }
  /** Replaces the session that the browser had, so that a token known from before signing in is worth nothing after. */
  async function signIn(tx: Tx, call: Call, user: UserRow) {
    if (call.caller.kind === 'user' && call.caller.via === 'cookie') {
      await end(tx, call, call.caller.user.id, { only: call.caller.sessionId }, 'logout')
    }
    return openSession(tx, call, user.id, SESSION_LIFE)
  }
  async function end(
    tx: Tx,
    call: Call,
    userId: string,
    which: { only?: string; except?: string },
    why: 'logout' | 'revoked' | 'password',
  ) {
    const sessionIds = await store.endSessions(tx, userId, which)
    if (sessionIds.length > 0) call.append(tx, SessionsEnded.of({ user: { id: userId }, sessionIds, why }))
    return sessionIds.length
  }

  async function mailLink(tx: Tx, user: UserRow, purpose: LinkPurpose) {
    const token = randomToken()
    const now = clock.now()
    await store.addLink(tx, {
      tokenHash: sha256(token),
      userId: user.id,
      purpose,
      email: user.email,
      now,
      expiresAt: new Date(now.getTime() + LINK_LIFE[purpose]),
    })
    const path = purpose === 'verify_email' ? 'verify-email' : 'reset-password'
    const compose = purpose === 'verify_email' ? verifyLetter : resetLetter
    const letter = compose(user, `${publicUrl}/${path}?token=${token}`)
    await mailer.send(tx, {
      ...letter,
      to: { address: user.email, name: user.name },
      kind: purpose,
      locale: user.locale,
    })
  }

  const waitForMail = async (tx: Tx, { id }: UserRow) =>
    secondsToWait(await store.fillBucket(tx, `mail:${id}`, MAIL_BRAKE, clock.now()), MAIL_BRAKE)

  /** Checks a password behind the brake; attempts count also for accounts that are not. Null when it is wrong. */
  async function check(email: string, password: string, address: string): Promise<UserRow | null> {
    const account = `account:${email}`
    const place = `address:${networkOf(address)}`
    const now = clock.now()
    const levels = [
      secondsToWait(await store.fillBucket(database.db, account, ACCOUNT_BRAKE, now), ACCOUNT_BRAKE),
      secondsToWait(await store.fillBucket(database.db, place, ADDRESS_BRAKE, now), ADDRESS_BRAKE),
    ]
    const wait = Math.max(...levels)
    if (wait > 0) throw LoginThrottled.because(`Wait ${wait} seconds before the next attempt.`, { retryAfter: wait })
    const user = await store.userByEmail(database.db, email)
    if (!(await isPassword(user?.password_hash ?? null, password))) return null
    await store.forgive(database.db, account, place)
    return user ?? null
  }

  /** Locks the account; refuses one that is blocked, or whose checked password was changed since, which ended its sessions. */
  async function stillRight(tx: Tx, { id, password_hash: checked }: UserRow): Promise<void> {
    const user = await store.lockUser(tx, id)
    if (user.password_hash !== checked) throw WrongCredentials.because()
    refuseBlocked(user)
  }

  async function setPassword(tx: Tx, call: Call, user: UserRow, passwordHash: string, by: 'change' | 'reset') {
    const now = clock.now()
    const changed = await store.updateUser(tx, user.id, {
      password_hash: passwordHash,
      password_is_temporary: false,
      updated_at: now,
    })
    await mailer.send(tx, {
      ...passwordChangedLetter(user),
      to: { address: user.email, name: user.name },
      kind: 'password_changed',
      locale: user.locale,
    })
    call.append(tx, PasswordChanged.of({ user: publicUser(user), by }))
    return changed
  }

  const newUser = (fields: NewAccount) => newAccount(fields, newId(clock), clock.now())

  const bound = implement(operations, {
    ...createRights(platform),
    register: async (call, { name, email, password, phone }) => {
      refuseCommon(password, '/password')
      const passwordHash = await hashPassword(password)
      const user = newUser({ name, email, phone: phone ?? null, locale: call.locale, role: 'client', passwordHash })
      const session = await call.transaction(async (tx) => {
        if (!(await store.addUser(tx, user))) {
          throw EmailTaken.because('Sign in, or choose a new password if you forgot it.', {
            errors: [{ pointer: '/email', detail: 'Already has an account.' }],
          })
        }
        await mailLink(tx, user, 'verify_email')
        call.append(tx, UserRegistered.of({ user: publicUser(user) }))
        return signIn(tx, call, user)
      })
      call.session.open(session.token, session.expiresAt)
      return { user: publicUser(user) }
    },
    login: async (call, { email, password }) => {
      const user = await check(email, password, call.caller.address)
      if (!user) throw WrongCredentials.because()
      const session = await call.transaction(async (tx) => {
        await stillRight(tx, user)
        return signIn(tx, call, user)
      })
      call.session.open(session.token, session.expiresAt)
      return { user: publicUser(user) }
    },
    issueToken: async (call, { email, password }) => {
      const user = await check(email, password, call.caller.address)
      if (!user) throw WrongCredentials.because()
      const session = await call.transaction(async (tx) => {
        await stillRight(tx, user)
        return openSession(tx, call, user.id, ACCESS_TOKEN_SECONDS * 1000)
      })
      const accessToken = await tokens.issue({ sub: user.id, sid: session.id }, 'api', ACCESS_TOKEN_SECONDS)
      return { accessToken, tokenType: 'Bearer' as const, expiresIn: ACCESS_TOKEN_SECONDS }
    },
    logout: async (call) => {
      const { caller } = call
      if (caller.kind === 'user')
        await call.transaction((tx) => end(tx, call, caller.user.id, { only: caller.sessionId }, 'logout'))
      call.session.close()
      return null
    },
    getMe: async (call) => {
      const user = await store.userById(database.db, userOf(call).id)
      if (!user) throw NotFound.because()
      return { user: profileFor(user) }
    },
    updateProfile: async (call, changes) => {
      const user = await call.transaction((tx) =>
        store.updateUser(tx, userOf(call).id, {
          ...(changes.name === undefined ? {} : { name: changes.name }),
          ...(changes.phone === undefined ? {} : { phone: changes.phone }),
          ...(changes.locale === undefined ? {} : { locale: changes.locale }),
          updated_at: clock.now(),
        }),
      )
      return { user: profileFor(user) }
    },
    verifyEmail: async (call, { token }) => {
      await call.transaction(async (tx) => {
        const link = await store.takeLink(tx, sha256(token), 'verify_email', clock.now())
        const user = link && (await store.userById(tx, link.user_id))
        if (!user || user.email !== link.email) throw LinkExpired.because('Ask for a new link on your account page.')
        const now = clock.now()
        await store.updateUser(tx, user.id, { email_verified_at: user.email_verified_at ?? now, updated_at: now })
        call.append(tx, EmailVerified.of({ user: publicUser(user) }))
      })
      return { verified: true as const }
    },
    resendVerification: (call) =>
      call.transaction(async (tx) => {
        const user = await store.lockUser(tx, userOf(call).id)
        if (user.email_verified_at) return { sent: false }
        const wait = await waitForMail(tx, user)
        if (wait > 0) throw TooManyRequests.because(`Wait ${wait} seconds.`, { retryAfter: wait })
        await mailLink(tx, user, 'verify_email')
        return { sent: true }
      }),
    requestPasswordReset: async (call, { email }) => {
      await call.transaction(async (tx) => {
        const user = await store.userByEmail(tx, email)
        if (user && (await waitForMail(tx, user)) === 0) await mailLink(tx, user, 'reset_password')
      })
      return { accepted: true as const }
    },
    resetPassword: async (call, { token, password }) => {
      refuseCommon(password, '/password')
      const passwordHash = await hashPassword(password)
      const user = await call.transaction(async (tx) => {
        const now = clock.now()
        const link = await store.takeLink(tx, sha256(token), 'reset_password', now)
        const owner = link && (await store.lockUser(tx, link.user_id))
        if (!owner || owner.email !== link.email) throw LinkExpired.because('Ask for a new link.')
        await end(tx, call, owner.id, {}, 'password')
        await store.emptyBucket(tx, `account:${owner.email}`)
        const changed = await setPassword(tx, call, owner, passwordHash, 'reset')
        // Whoever opened the mailed link has shown that the address is theirs.
        return changed.email_verified_at ? changed : store.updateUser(tx, owner.id, { email_verified_at: now })
      })
      return { user: publicUser(user) }
    },
    changePassword: async (call, { currentPassword, newPassword }) => {
      const { email } = userOf(call)
      if (!(await check(email, currentPassword, call.caller.address))) {
        throw WrongPassword.because(undefined, {
          errors: [{ pointer: '/currentPassword', detail: 'Not the current password.' }],
        })
      }
      refuseCommon(newPassword, '/newPassword')
      const passwordHash = await hashPassword(newPassword)
      const { user, session } = await call.transaction(async (tx) => {
        const owner = await store.lockUser(tx, userOf(call).id)
        refuseBlocked(owner)
        await end(tx, call, owner.id, {}, 'password')
        const changed = await setPassword(tx, call, owner, passwordHash, 'change')
        const bearer = call.caller.kind === 'user' && call.caller.via === 'bearer'
        return { user: changed, session: bearer ? null : await openSession(tx, call, owner.id, SESSION_LIFE) }
      })
      if (session) call.session.open(session.token, session.expiresAt)
      return { user: publicUser(user) }
    },
    listSessions: async (call, { limit, cursor }) => {
      const now = clock.now()
      const idleSince = new Date(now.getTime() - SESSION_IDLE)
      const rows = await store.sessionsOf(database.db, userOf(call).id, now, idleSince, {
        limit: limit + 1,
        before: keyOf(cursor),
      })
      const current = call.caller.kind === 'user' ? call.caller.sessionId : null
      return pageOf(
        rows,
        limit,
        (row) => row.id,
        (row) => ({
          id: row.id,
          current: row.id === current,
          address: row.address,
          userAgent: row.user_agent,
          createdAt: row.created_at,
          lastSeenAt: row.last_seen_at,
          expiresAt: row.expires_at,
        }),
      )
    },
    revokeSession: async (call, { id }) => {
      await call.transaction(async (tx) => {
        if ((await end(tx, call, userOf(call).id, { only: id }, 'revoked')) === 0)
          throw NotFound.because('No such session.')
      })
      if (call.caller.kind === 'user' && call.caller.sessionId === id) call.session.close()
      return null
    },
    getKeys: async () => tokens.jwks(),
    listClients: async (call, { limit, cursor, search }) => {
      const rows = await store.clients(database.db, call.scope, { limit: limit + 1, before: keyOf(cursor), search })
      return pageOf(rows, limit, (row) => row.id, accountFor)
    },
    getClient: async (call, { id }) => {
      const [client] = await store.clients(database.db, call.scope, { limit: 1, before: null, id })
      if (!client) throw NotFound.because('No such client.')
      return accountFor(client)
    },
  })

  const slice: Slice = { operations: bound, events, problems, workers: [createHousekeeping({ platform })] }
  return {
    ...slice,
    ...authentication,
    /** A user's name, address and language for mail; null when there is none. */
    addressee: async (id: string) => {
      const user = await store.userById(database.db, id)
      return user ? addressee(user) : null
    },
    /** When a session ends if nobody ends it before; null when it has ended. */
    sessionEnd: async (sessionId: string) => (await store.sessionById(database.db, sessionId))?.expires_at ?? null,
    /** The agency's administrators, for mail. */
    owners: async () => (await store.admins(database.db)).map(addressee),
    /**
     * Creates the owner when nobody is an administrator yet. Returns the address and, when none was given, the password that
     * was made up; null when there is an owner already.
     */
    async ensureOwner(given: {
      email: string | null
      password: string | null
    }): Promise<{ email: string; password: string | null } | null> {
      if (await store.hasAdmin(database.db)) return null
      // Refusing would keep the agency from starting at all; it is asked to choose another as soon as it signs in.
      const weak = given.password !== null && isCommon(given.password)
      if (weak) platform.log.warn('OWNER_PASSWORD is one of the most common passwords: change it after signing in')
      const host =
        hostname()
          .toLowerCase()
          .replaceAll(/[^a-z0-9-]/g, '') || 'jasaweb'
      const email = given.email ?? `owner@${host}.localhost`
      const password = given.password ?? randomToken().slice(0, 16)
      const passwordHash = await hashPassword(password)
      const user = newUser({
        name: 'Owner',
        email,
        phone: null,
        locale: 'id',
        role: 'admin',
        passwordHash,
        temporary: given.password === null || weak,
      })
      return database.transaction(async (tx) => {
        await store.lockOwnership(tx)
        if ((await store.hasAdmin(tx)) || !(await store.addUser(tx, user))) return null
        platform.events.append(tx, UserRegistered.of({ user: publicUser(user) }))
        return { email, password: given.password === null ? password : null }
      })
    },
  }
}
