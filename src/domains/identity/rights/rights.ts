// Who may still come in, and as what: blocking accounts and changing roles. Nobody does it to themselves, so that there is
// always an administrator left.
import { userOf } from '../../../platform/contract/call.ts'
import type { Call, Handler } from '../../../platform/contract/call.ts'
import { Forbidden, NotFound } from '../../../platform/contract/problem.ts'
import type { Tx } from '../../../platform/database.ts'
import type { Platform } from '../../../platform/platform.ts'
import { OwnRights, RoleChanged, SessionsEnded, UserBlocked, UserUnblocked } from '../contract.ts'
import type { operations } from '../contract.ts'
import { accountFor, publicUser } from '../profile.ts'
import { endSessions } from '../store.ts'
import type { UserRow } from '../store.ts'
import * as store from './store.ts'

type Handlers = { [K in 'blockUser' | 'unblockUser' | 'changeRole']: Handler<(typeof operations)[K]> }

export function createRights({ clock }: Pick<Platform, 'clock'>): Handlers {
  /** The account in question; refuses when the caller has lost the right meanwhile, or means themselves. */
  async function subject(tx: Tx, call: Call, id: string): Promise<UserRow> {
    const me = userOf(call).id
    const { caller, user } = await store.lockRights(tx, me, id)
    if (caller?.role !== 'admin' || caller.blocked_at) throw Forbidden.because()
    if (!user) throw NotFound.because('No such account.')
    if (user.id === me) throw OwnRights.because('Ask another administrator.')
    return user
  }

  return {
    blockUser: (call, { id, reason }) =>
      call.transaction(async (tx) => {
        const user = await subject(tx, call, id)
        if (user.blocked_at) return accountFor(user)
        const now = clock.now()
        const blocked = await store.saveBlock(tx, id, { at: now, reason }, now)
        const sessionIds = await endSessions(tx, id, {})
        call.append(tx, UserBlocked.of({ user: publicUser(user), reason }))
        if (sessionIds.length > 0) call.append(tx, SessionsEnded.of({ user: { id }, sessionIds, why: 'blocked' }))
        return accountFor(blocked)
      }),
    unblockUser: (call, { id }) =>
      call.transaction(async (tx) => {
        const user = await subject(tx, call, id)
        if (!user.blocked_at) return accountFor(user)
        call.append(tx, UserUnblocked.of({ user: publicUser(user) }))
        return accountFor(await store.saveBlock(tx, id, null, clock.now()))
      }),
    changeRole: (call, { id, role }) =>
      call.transaction(async (tx) => {
        const user = await subject(tx, call, id)
        if (user.role === role) return accountFor(user)
        const changed = await store.saveRole(tx, id, role, clock.now())
        call.append(tx, RoleChanged.of({ user: publicUser(changed), from: user.role, to: role }))
        return accountFor(changed)
      }),
  }
}
