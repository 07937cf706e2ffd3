// Who may read a channel: administrators all, everybody else what is theirs.
import type { Reader } from '../../platform/database.ts'
import { ownChannels, parseChannel } from './channels.ts'
import type { ChannelReader } from './channels.ts'
import { ownerOf } from './store.ts'

export interface ChannelPolicy {
  ownChannels(reader: ChannelReader): string[]
  isChannel(channel: string): boolean
  mayRead(reader: ChannelReader, channel: string): Promise<boolean>
  /** Who else is there is the agency's to know. */
  maySeePresence(reader: ChannelReader, channel: string): boolean
}

const MOST_KNOWN = 10_000

export function createChannelPolicy(db: Reader): ChannelPolicy {
  // An owner never changes. The oldest go first.
  const known = new Map<string, string>()

  async function owner(kind: 'project' | 'invoice', id: string): Promise<string | null> {
    const key = `${kind}:${id}`
    const remembered = known.get(key)
    if (remembered !== undefined) return remembered
    const found = await ownerOf(db, kind, id)
    if (found === null) return null
    if (known.size >= MOST_KNOWN) known.delete(known.keys().next().value ?? '')
    known.set(key, found)
    return found
  }

  return {
    ownChannels,
    isChannel: (channel) => parseChannel(channel) !== null,
    async mayRead(reader, channel) {
      const name = parseChannel(channel)
      if (!name) return false
      if (reader.role === 'admin') return true
      switch (name.kind) {
        case 'system':
          return true
        case 'admin':
          return false
        case 'role':
          return name.id === reader.role
        case 'user':
          return name.id === reader.userId
        case 'project':
        case 'invoice':
          return (await owner(name.kind, name.id)) === reader.userId
      }
    },
    maySeePresence: ({ role }) => role === 'admin',
  }
}
