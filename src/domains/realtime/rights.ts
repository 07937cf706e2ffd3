// What an event means for connections that are open: whose must end, and why. Pure.
export type RightsChange =
  | { kind: 'sessions'; userId: string; sessionIds: readonly string[] }
  | { kind: 'blocked'; userId: string }
  | { kind: 'rights'; userId: string }
  | { kind: 'connection'; id: string; reconnect: boolean }

// By name, as the log has them: their contracts would make a process that only delivers messages larger.
const SESSIONS_ENDED = 'user.sessions_ended'
const DISCONNECT_ASKED = 'websocket.disconnect_asked'
const BLOCKED = 'user.blocked'
const ROLE_CHANGED = 'user.role_changed'

/** Events of which a gateway that starts must know the latest, because tokens issued before them may still be shown. */
export const rightsEvents = [SESSIONS_ENDED, BLOCKED, ROLE_CHANGED]

export function rightsChange({ type, data }: { type: string; data: unknown }): RightsChange | null {
  switch (type) {
    case SESSIONS_ENDED:
      return { kind: 'sessions', userId: userIdOf(data), sessionIds: (data as { sessionIds: string[] }).sessionIds }
    case BLOCKED:
      return { kind: 'blocked', userId: userIdOf(data) }
    case ROLE_CHANGED:
      return { kind: 'rights', userId: userIdOf(data) }
    case DISCONNECT_ASKED: {
      const { connection, reconnect } = data as { connection: { id: string }; reconnect: boolean }
      return { kind: 'connection', id: connection.id, reconnect }
    }
    default:
      return null
  }
}

const userIdOf = (data: unknown) => (data as { user: { id: string } }).user.id
