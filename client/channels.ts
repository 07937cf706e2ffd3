// The channels somebody wants to hear, kept over all connections, and the ones that this connection has.
import { Refusal, type Line } from './line.ts'
import type { ChannelName, Handler, LiveMessage } from './message.ts'
import { pause, type Timing } from './timing.ts'

export interface SubscribeOptions {
  /** While the connection is slow, send only the newest message of each subject. The first subscription decides. */
  latest?: boolean
  /** The subscription ended: not allowed, or not any more. */
  onEnd?: (reason: { code: number; message: string }) => void
}
interface Reader {
  handler: Handler<LiveMessage>
  onEnd: SubscribeOptions['onEnd']
}

/** Unsubscribed with a code from here on, one may subscribe again. */
const mayComeBack = 2500

export interface Channels {
  add(channel: ChannelName, handler: Handler<LiveMessage>, options: SubscribeOptions): () => void
  /** The handlers of the channels that the message is about. */
  handlersFor(message: LiveMessage): Handler<LiveMessage>[]
  /** Subscribes to everything wanted on a new line; resolves when each is answered, rejects when the line ends. */
  enter(line: Line): Promise<void>
  leave(): void
  /** The server took a subscription away. */
  taken(channel: string, code: number, message: string): void
}

export function createChannels(timing: Timing): Channels {
  const wanted = new Map<string, { latest: boolean; readers: Set<Reader> }>()
  let line: Line | undefined
  let joined = new Set<string>()

  async function join(on: Line, channel: string): Promise<void> {
    for (;;) {
      const subscription = wanted.get(channel)
      if (line !== on || !subscription || joined.has(channel)) return
      joined.add(channel)
      try {
        await on.ask({ type: 'subscribe', channel, latest: subscription.latest })
        return
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        // It is one of our own channels, which come unasked.
        if (error.code === 105) return
        joined.delete(channel)
        if (!error.temporary) return end(channel, error)
        await pause(timing, error.retryAfter)
      }
    }
  }
  function end(channel: string, { code, message }: { code: number; message: string }): void {
    const { readers } = wanted.get(channel) ?? {}
    wanted.delete(channel)
    for (const { onEnd } of readers ?? []) onEnd?.({ code, message })
  }
  const quietly = (work: Promise<unknown>) => void work.catch(() => undefined)

  return {
    add(channel, handler, { latest = false, onEnd }) {
      const reader = { handler, onEnd }
      const subscription = wanted.get(channel) ?? { latest, readers: new Set() }
      subscription.readers.add(reader)
      wanted.set(channel, subscription)
      if (line) quietly(join(line, channel))
      return () => {
        subscription.readers.delete(reader)
        if (subscription.readers.size > 0 || wanted.get(channel) !== subscription) return
        wanted.delete(channel)
        if (line && joined.delete(channel)) quietly(line.ask({ type: 'unsubscribe', channel }))
      }
    },
    handlersFor(message) {
      const text = JSON.stringify(message.payload.data)
      return [...wanted].flatMap(([channel, { readers }]) =>
        isAbout(channel, message, text) ? [...readers].map(({ handler }) => handler) : [],
      )
    },
    async enter(next) {
      line = next
      joined = new Set()
      await Promise.all([...wanted.keys()].map((channel) => join(next, channel)))
    },
    leave() {
      line = undefined
    },
    taken(channel, code, message) {
      joined.delete(channel)
      if (code < mayComeBack) end(channel, { code, message })
      else if (line) quietly(join(line, channel))
    },
  }
}

/**
 * A message reaches several channels and is sent once, without saying by which it came. Ids are unique in the world, so that
 * one which is about a channel's project, invoice or user is one that names it.
 */
function isAbout(channel: string, { payload }: LiveMessage, data: string): boolean {
  const [kind, id] = channel.split(':')
  // Only announcements are for everybody or for a role.
  const { target } =
    (payload.data as { announcement?: { target?: { kind: string; role?: string } } }).announcement ?? {}
  switch (kind) {
    case 'admin':
      return true
    case 'system':
      return target?.kind === 'everybody'
    case 'role':
      return target?.kind === 'role' && target.role === id
    default:
      return data.includes(`"${id}"`)
  }
}
