// The names of channels, and which a person reads without asking. Pure.
import type { Role } from '../../platform/contract/operation.ts'
import { Channel } from './contract.ts'

/** Who reads: as much of an account as a token tells. */
export interface ChannelReader {
  userId: string
  role: Role
}
export interface ChannelName {
  kind: 'admin' | 'system' | 'role' | 'user' | 'project' | 'invoice'
  /** What it is about; empty for `admin` and `system`. */
  id: string
}

/** The parts of a channel's name; null for anything that is none. */
export function parseChannel(name: string): ChannelName | null {
  if (!Channel.safeParse(name).success) return null
  const at = name.indexOf(':')
  if (at < 0) return { kind: name as 'admin' | 'system', id: '' }
  return { kind: name.slice(0, at) as ChannelName['kind'], id: name.slice(at + 1) }
}

/** What a connection of this person is subscribed to by itself. */
export const ownChannels = ({ userId, role }: ChannelReader): string[] => [
  `user:${userId}`,
  `role:${role}`,
  'system',
  ...(role === 'admin' ? ['admin'] : []),
]
