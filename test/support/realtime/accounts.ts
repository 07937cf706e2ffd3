// The people of the model, and the rules of test/support/realtime/gateway.ts as they apply to them.
import type { Role } from '../../../src/platform/contract/operation.ts'

export interface Account {
  user: string
  role: Role
  /** Grows with every end of a session and every change of rights; tokens belong to the one they were issued in. */
  generation: number
  session: number
  /** The position of the event by which a generation ended. */
  ends: Map<number, number>
}

export interface Ticket {
  token: string
  csrf: string
  role: Role
  generation: number
  /** Epoch seconds. */
  until: number
}

export const accountOf = (user: string, role: Role): Account => ({
  user,
  role,
  generation: 0,
  session: 0,
  ends: new Map(),
})

export const sessionOf = ({ user, session }: Account): string => `s-${user}-${session}`

export const ownChannels = ({ user, role }: Pick<Account, 'user' | 'role'>): string[] => [
  `user:${user}`,
  'system',
  ...(role === 'admin' ? ['admin'] : []),
]

export const mayRead = (reader: Pick<Account, 'user' | 'role'>, channel: string): boolean =>
  reader.role === 'admin' ||
  ownChannels(reader).includes(channel) ||
  channel === `project:${reader.user}` ||
  channel.startsWith(`project:${reader.user}-`)
