// The Centrifugo client protocol in its JSON form: commands and replies, one a line. Shapes and codes are those of its public
// specification; the connection, subscription and recovery behind them are the core's.
import { z } from 'zod'
import type { Logger } from 'pino'
import type { Protocol } from '../../domains/realtime/contract.ts'
import { closes, comesBack, Disconnect, errors } from './codes.ts'
import type { Close, CommandError } from './codes.ts'
import type { Connection, Speech } from './connection.ts'
import { asCommandError } from './core.ts'
import type { Core } from './core.ts'
import * as joining from './joining.ts'
import type { Subscribed } from './joining.ts'
import type { Allowance } from './allowance.ts'
import type { Position } from './recovery.ts'

const Channel = z.string().min(1).max(255)
const Offset = z.int().min(0).optional().default(0)
const Epoch = z.string().max(100).optional().default('')
const Token = z.string().max(4_096)
const commands = {
  connect: z.object({
    token: Token.optional(),
    subs: z
      .record(Channel, z.object({ recover: z.boolean().optional(), offset: Offset, epoch: Epoch }))
      .optional()
      .default({}),
  }),
  refresh: z.object({ token: Token.optional().default('') }),
  subscribe: z.object({
    channel: Channel,
    token: Token.optional(),
    recover: z.boolean().optional(),
    offset: Offset,
    epoch: Epoch,
    data: z.unknown().optional(),
  }),
  unsubscribe: z.object({ channel: Channel }),
  sub_refresh: z.object({ channel: Channel, token: Token.optional().default('') }),
  publish: z.object({ channel: Channel }),
  presence: z.object({ channel: Channel }),
  presence_stats: z.object({ channel: Channel }),
  history: z.object({
    channel: Channel,
    /** -1 for as much as is given at once. */
    limit: z.int().min(-1).optional().default(0),
    since: z.object({ offset: Offset, epoch: Epoch }).optional(),
    reverse: z.boolean().optional().default(false),
  }),
  rpc: z.object({ method: z.string().max(100).optional().default(''), data: z.unknown().optional() }),
  ping: z.unknown(),
} as const
type Name = keyof typeof commands
const names = Object.keys(commands) as Name[]

const Command = z.looseObject({ id: z.int().min(0).max(4_294_967_295).optional().default(0) })
const Acknowledgement = z.object({ id: z.string().regex(/^\d{1,16}$/) })
/** Asks that a slow reader gets only the newest message of each subject. */
const Wish = z.object({ latest: z.literal(true) })

export interface CentrifugoOptions {
  core: Core
  allowance: Allowance
  version: string
  log: Logger
  /** Seconds between pings. */
  pingSeconds: number
  now: () => Date
  /** Where a client over HTTP sends its commands; null for a socket of its own. */
  session: ((connection: Connection) => { session: string; node: string }) | null
}

export function createCentrifugo(protocol: Protocol, options: CentrifugoOptions): Speech {
  const { core, allowance, log, now } = options
  const secondsLeft = (expiresAt: number) => Math.max(1, Math.floor(expiresAt - now().getTime() / 1000))
  const handlers: { [N in Name]: (connection: Connection, input: z.output<(typeof commands)[N]>) => Promise<string> } =
    {
      connect: (connection, { token, subs }) => connect(connection, token, subs),
      refresh: async (connection, { token }) => {
        const { expiresAt } = await core.refresh(connection, token)
        return json({ client: connection.id, version: options.version, expires: true, ttl: secondsLeft(expiresAt) })
      },
      subscribe: async (connection, { channel, token, recover, offset, epoch, data }) => {
        const since = recover ? { offset, epoch } : undefined
        const latest = Wish.safeParse(data).success
        const subscribed = await joining.subscribe(core, connection, channel, { since, token, latest })
        return subscription(subscribed, connection)
      },
      unsubscribe: async (connection, { channel }) => {
        core.unsubscribe(connection, channel)
        return '{}'
      },
      sub_refresh: async (connection, { channel, token }) => {
        const expiresAt = await core.refreshSubscription(connection, channel, token)
        return json(expiresAt === 0 ? {} : { expires: true, ttl: secondsLeft(expiresAt) })
      },
      // What is shown is what was committed; nobody publishes past the log.
      publish: () => Promise.reject(errors.permissionDenied()),
      presence: async (connection, { channel }) => {
        const present = await core.presence(connection, channel)
        return json({ presence: Object.fromEntries(present.map((who) => [who.client, who])) })
      },
      presence_stats: async (connection, { channel }) => {
        const present = await core.presence(connection, channel)
        return json({ num_clients: present.length, num_users: new Set(present.map(({ user }) => user)).size })
      },
      history: async (connection, { channel, limit, since, reverse }) => {
        const { messages, offset, epoch } = await core.history(connection, channel, { since, limit, reverse })
        return withPart({ offset, epoch }, 'publications', publications(messages, connection))
      },
      rpc: async (connection, { method, data }) => {
        if (method === 'time') return json({ data: { now: now().toISOString() } })
        if (method !== 'ack') throw errors.methodNotFound()
        return json({ data: await acknowledge(connection, data) })
      },
      ping: () => Promise.resolve('{}'),
    }

  async function connect(
    connection: Connection,
    token: string | undefined,
    subs: Record<string, Position & { recover?: boolean | undefined }>,
  ): Promise<string> {
    if (connection.entered) throw new Disconnect(closes.badRequest)
    if (!connection.reader) {
      if (token === undefined || token === '') throw new Disconnect(closes.invalidToken)
      await core.admit(connection, await core.options.admission.reader(token))
    }
    const { reader } = connection
    if (!reader) throw errors.unauthorized()
    const since = Object.entries(subs).flatMap(([channel, { recover, offset, epoch }]) =>
      recover ? [[channel, { offset, epoch }] as const] : [],
    )
    const own = new Set(core.options.policy.ownChannels(reader))
    const entered = await joining.enter(
      core,
      connection,
      reader,
      new Map(since.filter(([channel]) => own.has(channel))),
    )
    connection.entered = true
    const connected = {
      client: connection.id,
      version: options.version,
      expires: true,
      ttl: secondsLeft(reader.expiresAt),
      ping: options.pingSeconds,
      pong: true,
      ...options.session?.(connection),
    }
    const channels = entered.map((each) => `${json(each.channel)}:${subscription(each, connection)}`)
    return withPart(connected, 'subs', `{${channels.join(',')}}`)
  }

  function subscription({ epoch, offset, recovered, messages, expiresAt }: Subscribed, connection: Connection): string {
    const subscribed = {
      recoverable: true,
      positioned: true,
      epoch,
      offset,
      ...(expiresAt === 0 ? {} : { expires: true, ttl: secondsLeft(expiresAt) }),
      ...(recovered === null ? {} : { was_recovering: true, recovered }),
    }
    return withPart(subscribed, 'publications', publications(messages, connection))
  }

  async function acknowledge(connection: Connection, data: unknown): Promise<object> {
    const parsed = Acknowledgement.safeParse(data)
    if (!parsed.success) throw errors.badRequest('id must be the id of a message')
    await core.acknowledge(connection, Number(parsed.data.id))
    return { acknowledged: parsed.data.id }
  }

  /** The reply to one command, as a line; null when none is due. */
  async function reply(connection: Connection, command: Record<string, unknown>): Promise<string | null> {
    const parsed = Command.safeParse(command)
    if (!parsed.success) throw new Disconnect(closes.badRequest)
    const { id } = parsed.data
    if (Object.hasOwn(command, 'send')) return send(connection, command.send)
    if (id === 0) throw new Disconnect(closes.badRequest)
    const name = names.find((each) => Object.hasOwn(command, each))
    try {
      allowance.take(connection)
      if (!name) throw errors.methodNotFound()
      if (!connection.reader && name !== 'connect') throw new Disconnect(closes.badRequest)
      return answer(id, name, await run(connection, name, command[name]))
    } catch (error) {
      if (error instanceof Disconnect) throw error
      const failure = asCommandError(error, log)
      if (!connection.reader && name === 'connect')
        core.options.recorder.refused({ address: connection.address, protocol }, failure.code, failure.message)
      return JSON.stringify({ id, error: described(failure) })
    }
  }

  async function run(connection: Connection, name: Name, raw: unknown): Promise<string> {
    const parsed = commands[name].safeParse(raw ?? {})
    if (!parsed.success) throw errors.badRequest()
    // The schema and the handler of one name belong together, which the compiler cannot follow.
    return handlers[name](connection, parsed.data as never)
  }

  /** Something that wants no answer: what is wrong with it is not told either. */
  async function send(connection: Connection, raw: unknown): Promise<null> {
    const data = (raw as { data?: { ack?: unknown } } | null)?.data
    if (!connection.reader || typeof data !== 'object' || data === null || !('ack' in data))
      throw new Disconnect(closes.notAvailable)
    try {
      allowance.take(connection)
      await acknowledge(connection, { id: data.ack })
    } catch (error) {
      if (error instanceof Disconnect) throw error
      asCommandError(error, log)
    }
    return null
  }

  async function receive(connection: Connection, text: string): Promise<void> {
    const replies: string[] = []
    const out = () => {
      if (replies.length > 0) core.outlet.say(connection, replies.splice(0).join('\n'))
      core.outlet.release(connection)
    }
    try {
      const lines = text.split('\n').filter((line) => line !== '')
      if (lines.length === 0) allowance.takeSilently(connection)
      for (const line of lines) {
        if (connection.closed) break
        const command = parsedLine(line)
        // An empty command is the answer to a ping.
        if (Object.keys(command).length === 0) {
          allowance.takeSilently(connection)
          continue
        }
        const replied = await reply(connection, command)
        if (replied !== null) replies.push(replied)
        if (connection.behind !== undefined) out()
      }
      out()
    } catch (error) {
      out()
      if (error instanceof Disconnect) return core.close(connection, error.close)
      throw error
    }
  }

  return {
    protocol,
    once: false,
    ping: '{}',
    pingsTransport: false,
    receive,
    piece: (message, channel, agency) => message.push(channel, agency),
    farewell: (close) => (options.session ? JSON.stringify({ push: { disconnect: advised(close) } }) : null),
    unsubscribed: (channel, code, reason) => JSON.stringify({ push: { channel, unsubscribe: { code, reason } } }),
    comeBack: () => null,
  }
}

const advised = (close: Close) => ({ ...close, reconnect: comesBack(close) })

const json = (value: unknown): string => JSON.stringify(value)
/** An object's JSON with one more member, whose text was written before. */
const withPart = (object: object, name: string, text: string) => `${json(object).slice(0, -1)},${json(name)}:${text}}`

/** Each as it was written for all who get it. */
const publications = (messages: Subscribed['messages'], { agency }: Connection) =>
  `[${messages.map((message) => message.publication(agency)).join(',')}]`

const answer = (id: number, name: Name, result: string) => `{"id":${id},${json(name)}:${result}}`

const described = ({ code, message, temporary }: CommandError) => ({
  code,
  message,
  ...(temporary ? { temporary } : {}),
})

function parsedLine(line: string): Record<string, unknown> {
  let parsed: unknown
  try {
    parsed = JSON.parse(line)
  } catch {
    throw new Disconnect(closes.badRequest)
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new Disconnect(closes.badRequest)
  return parsed as Record<string, unknown>
}
