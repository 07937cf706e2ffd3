// Which channels a person reads: their own, and everything as an administrator. Pure.
import type { Account } from '../../platform/contract/call.ts'

export function channelsOf(account: Pick<Account, 'id' | 'role'>): string[] {
  return account.role === 'admin' ? [`user:${account.id}`, 'admin', 'system'] : [`user:${account.id}`, 'system']
}
