// Roles and blocks in the database.
import type { Role } from '../../../platform/contract/operation.ts'
import type { Tx } from '../../../platform/database.ts'
import { lockOwnership } from '../store.ts'
import type { UserRow } from '../store.ts'

/**
 * The caller and the account in question, both as they are now. One change of rights at a time: two administrators who take
 * each other's away would otherwise leave nobody.
 */
export async function lockRights(tx: Tx, callerId: string, id: string): Promise<{ caller?: UserRow; user?: UserRow }> {
  await lockOwnership(tx)
  const rows = await tx
    .selectFrom('users')
    .selectAll()
    .where('id', 'in', [callerId, id])
    .orderBy('id')
    .forUpdate()
    .execute()
  const caller = rows.find((row) => row.id === callerId)
  const user = rows.find((row) => row.id === id)
  return { ...(caller ? { caller } : {}), ...(user ? { user } : {}) }
}

export const saveBlock = (tx: Tx, id: string, block: { at: Date; reason: string } | null, now: Date) =>
  tx
    .updateTable('users')
    .set({ blocked_at: block?.at ?? null, block_reason: block?.reason ?? null, updated_at: now })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()

export const saveRole = (tx: Tx, id: string, role: Role, now: Date) =>
  tx.updateTable('users').set({ role, updated_at: now }).where('id', '=', id).returningAll().executeTakeFirstOrThrow()
