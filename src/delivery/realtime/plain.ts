// The plain protocol: one JSON document a message, for people without an SDK. Described in docs/realtime.md.
import { z } from 'zod'
import type { Logger } from 'pino'
import type { Protocol } from '../../domains/realtime/contract.ts'
import type { Allowance } from './allowance.ts'
import { closes, comesBack, Disconnect, errors } from './codes.ts'
import type { CommandError } from './codes.ts'
import { readerOf } from './connection.ts'
import type { Connection, Speech } from './connection.ts'
import { asCommandError } from './core.ts'
import type { Core } from './core.ts'
import type { Piece } from './frames.ts'
import * as joining from './joining.ts'
import type { Message } from './message.ts'
import type { Subscribed } from './joining.ts'
import type { Position } from './recovery.ts'

const Cursor = z.union([z.string().regex(/^\d{1,16}$/), z.int().min(0)]).transform(Number)
const Channel = z.string().min(1).max(255)
const Epoch = z.string().max(100).default('')
const commands = {
  subscribe: z.object({ channel: Channel, since: Cursor.optional(), epoch: Epoch, latest: z.boolean().default(false) }),
  unsubscribe: z.object({ channel: Channel }),
  ack: z.object({ id: Cursor }),
  ping: z.object({}),
  pong: z.object({}),
  resume: z.object({ id: Cursor.optional(), epoch: Epoch }),
  refresh: z.object({ token: z.string().max(4_096) }),
  presence: z.object({ channel: Channel }),
} as const
type Name = keyof typeof commands
const Ref = z.union([z.string().max(100), z.number()]).optional()

export interface PlainOptions {
  core: Core
  allowance: Allowance
  log: Logger
  now: () => Date
  /** Over a response that does not end: the client cannot answer on it, and is told of the end in words. */
  streamed: boolean
}

export interface Plain extends Speech {
  /**
   * What a connection is given when it opens: what it missed since a position, or what its user's inbox holds. `others` are
   * channels it joins besides its own.
   */
  enter(
    connection: Connection,
    since: Position | undefined,
    others?: readonly string[],
  ): Promise<{ recovered: boolean | null }>
  /** Where the connection stands. */
  standing(connection: Connection): object
}

export function createPlain(protocol: Protocol, { core, allowance, log, now, streamed }: PlainOptions): Plain {
  const secondsLeft = (expiresAt: number) => Math.max(1, Math.floor(expiresAt - now().getTime() / 1000))
  /** Everything up to here was sent: less than all there is when the connection is behind, or when something waits. */
  const cursor = ({ behind = Infinity, waiting }: Connection) =>
    String(Math.min(core.recent.position, behind, (waiting?.[0]?.piece.position ?? Infinity) - 1))

  const handlers: {
    [N in Name]: (connection: Connection, input: z.output<(typeof commands)[N]>) => Promise<object | null>
  } = {
    subscribe: async (connection, { channel, since, epoch, latest }) => {
      const wanted = since === undefined ? undefined : { offset: since, epoch }
      // Whoever has a message has all before it, also when the connection breaks in the middle of this.
      if (wanted) connection.held = true
      const subscribed = await joining.subscribe(core, connection, channel, { since: wanted, latest })
      core.outlet.give(connection, pieces([subscribed], connection))
      const recovered = subscribed.recovered === null ? {} : { recovered: subscribed.recovered }
      return { type: 'subscribed', channel, id: cursor(connection), epoch: core.epoch, ...recovered }
    },
    unsubscribe: async (connection, { channel }) => {
      core.unsubscribe(connection, channel)
      return { type: 'unsubscribed', channel }
    },
    ack: async (connection, { id }) => {
      await core.acknowledge(connection, id)
      return { type: 'acknowledged', id: String(id) }
    },
    ping: async () => ({ type: 'pong', timestamp: now().toISOString() }),
    pong: async () => null,
    resume: async (connection, { id, epoch }) => {
      if (id === undefined) return { type: 'resumed', recovered: true, ...standing(connection) }
      const give = (messages: readonly Message[]) =>
        core.outlet.give(
          connection,
          messages.map((message) => message.plain(connection.agency)),
        )
      const recovered = await joining.again(core, connection, { offset: id, epoch }, give)
      return { type: 'resumed', recovered, ...standing(connection) }
    },
    refresh: async (connection, { token }) => {
      const { expiresAt } = await core.refresh(connection, token)
      return { type: 'refreshed', expiresIn: secondsLeft(expiresAt) }
    },
    presence: async (connection, { channel }) => {
      const present = await core.presence(connection, channel)
      return { type: 'presence', channel, clients: present.map(({ client, user }) => ({ id: client, user })) }
    },
  }

  const standing = (connection: Connection) => ({
    id: cursor(connection),
    epoch: core.epoch,
    connection: connection.id,
    channels: connection.channels,
    expiresIn: secondsLeft(readerOf(connection).expiresAt),
  })

  async function enter(connection: Connection, since: Position | undefined, others: readonly string[] = []) {
    const reader = readerOf(connection)
    const channels = [...core.options.policy.ownChannels(reader), ...others]
    const positions = new Map(since ? channels.map((channel) => [channel, since]) : [])
    const entered = await joining.enter(core, connection, reader, positions, others)
    core.outlet.give(connection, pieces(entered, connection))
    core.outlet.release(connection)
    return { recovered: since ? entered.every(({ recovered }) => recovered === true) : null }
  }

  async function receive(connection: Connection, text: string): Promise<void> {
    let ref: string | number | undefined
    try {
      const message = documentOf(text)
      ref = Ref.safeParse(message.ref).data
      const said = await run(connection, message)
      if (said) core.outlet.say(connection, JSON.stringify(ref === undefined ? said : { ...said, ref }))
    } catch (error) {
      if (error instanceof Disconnect) return core.close(connection, error.close)
      core.outlet.say(
        connection,
        JSON.stringify({ ...described(asCommandError(error, log)), ...(ref === undefined ? {} : { ref }) }),
      )
    } finally {
      core.outlet.release(connection)
    }
  }

  async function run(connection: Connection, message: Record<string, unknown>): Promise<object | null> {
    const { type } = message
    if (type === 'pong') allowance.takeSilently(connection)
    else allowance.take(connection)
    if (typeof type !== 'string' || !isName(type)) throw errors.methodNotFound()
    return handle(connection, type, message)
  }

  async function handle(connection: Connection, name: Name, message: unknown): Promise<object | null> {
    const parsed = commands[name].safeParse(message)
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      throw errors.badRequest(issue ? `/${issue.path.join('/')} ${issue.message}` : '')
    }
    // The schema and the handler of one name belong together, which the compiler cannot follow.
    return handlers[name](connection, parsed.data as never)
  }

  return {
    protocol,
    once: true,
    ping: streamed ? null : JSON.stringify({ type: 'ping' }),
    pingsTransport: true,
    receive,
    enter,
    standing,
    piece: (message, _channel, agency) => message.plain(agency),
    farewell: (close) => (streamed ? JSON.stringify({ type: 'closed', ...close, reconnect: comesBack(close) }) : null),
    unsubscribed: (channel, code, reason) => JSON.stringify({ type: 'unsubscribed', channel, code, message: reason }),
    comeBack: (after) => JSON.stringify({ type: 'reconnect', after }),
  }
}

const isName = (type: string): type is Name => Object.hasOwn(commands, type)

/** The messages of several channels in one order, each once. */
function pieces(subscribed: readonly Subscribed[], { agency }: Connection): Piece[] {
  const messages = new Map(subscribed.flatMap((each) => each.messages.map((message) => [message.position, message])))
  return [...messages.values()].toSorted((a, b) => a.position - b.position).map((message) => message.plain(agency))
}

function documentOf(text: string): Record<string, unknown> {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    throw new Disconnect(closes.badRequest)
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new Disconnect(closes.badRequest)
  return parsed as Record<string, unknown>
}

const described = ({ code, message, temporary, retryAfter }: CommandError) => ({
  type: 'error',
  code,
  message,
  temporary,
  ...(retryAfter === undefined ? {} : { retryAfter }),
})
