// What an event means for connections that are open: whose must end, and why. Pure.
import { SessionsEnded } from '../identity/contract.ts'
import { DisconnectAsked } from './contract.ts'

export type RightsChange =
  | { kind: 'sessions'; userId: string; sessionIds: readonly string[] }
  | { kind: 'blocked'; userId: string }
  | { kind: 'rights'; userId: string }
  | { kind: 'connection'; id: string; reconnect: boolean }

const BLOCKED = 'user.blocked'
const ROLE_CHANGED = 'user.role_changed'

/** Events of which a gateway that starts must know the latest, because tokens issued before them may still be shown. */
export const rightsEvents = [SessionsEnded.name, BLOCKED, ROLE_CHANGED]

export function rightsChange({ type, data }: { type: string; data: unknown }): RightsChange | null {
  switch (type) {
    case SessionsEnded.name: {
      const { user, sessionIds } = SessionsEnded.data.parse(data)
      return { kind: 'sessions', userId: user.id, sessionIds }
    }
    case BLOCKED:
      return { kind: 'blocked', userId: userIdOf(data) }
    case ROLE_CHANGED:
      return { kind: 'rights', userId: userIdOf(data) }
    case DisconnectAsked.name: {
      const { connection, reconnect } = DisconnectAsked.data.parse(data)
      return { kind: 'connection', id: connection.id, reconnect }
    }
    default:
      return null
  }
}

const userIdOf = (data: unknown) => (data as { user: { id: string } }).user.id
