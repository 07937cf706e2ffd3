// Who reads which channel on this node, known without asking anybody.
import type { Present } from './broker.ts'

/** Somebody present, and the node that says so. */
export interface PresentElsewhere extends Present {
  node: string
}
/** Who reads a channel by the records in the database, a second or so late. */
export type PresentIn = (channel: string) => Promise<readonly PresentElsewhere[]>

export class OwnMembers {
  readonly #channels = new Map<string, Map<string, Present>>()

  join(channel: string, who: Present): void {
    let members = this.#channels.get(channel)
    if (!members) this.#channels.set(channel, (members = new Map()))
    members.set(who.client, who)
  }

  leave(channel: string, who: Present): void {
    const members = this.#channels.get(channel)
    members?.delete(who.client)
    if (members?.size === 0) this.#channels.delete(channel)
  }

  of(channel: string): Present[] {
    return [...(this.#channels.get(channel)?.values() ?? [])]
  }
}

/** This node's own as it knows them, and what others say of theirs; each connection once. */
export function together(own: readonly Present[], others: readonly PresentElsewhere[], node: string): Present[] {
  const all = new Map<string, Present>()
  // What the records say of this node is older than what it knows itself.
  for (const { client, user, node: theirs } of others) if (theirs !== node) all.set(client, { client, user })
  for (const who of own) all.set(who.client, who)
  return [...all.values()]
}
