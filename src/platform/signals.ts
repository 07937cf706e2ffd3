// Wake-up calls between processes over PostgreSQL's LISTEN/NOTIFY. A signal carries nothing and promises nothing: whoever
// is woken looks into the database. NOTIFY runs here, outside the transactions it tells of, because a NOTIFY inside one
// takes a lock shared by the whole cluster until its commit is on disk and so makes commits queue up behind each other.
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Logger } from 'pino'

export interface Signals {
  listen(channel: string, wake: () => void): Promise<() => Promise<void>>
  notify(channel: string): void
  close(): Promise<void>
}

const CHANNEL = /^[a-z_][a-z0-9_]{0,62}$/
const LONGEST_PAUSE_MS = 2_000

// pg keeps the backend's process id from the handshake but leaves it out of its type.
const backend = (client: pg.Client) => (client as pg.Client & { processID?: number | null }).processID

export function openSignals(options: { url: string; log: Logger; random: () => number }): Signals {
  const { log } = options
  const listeners = new Map<string, Set<() => void>>()
  const unsent = new Set<string>()
  const stopped = new AbortController()
  let client: pg.Client | undefined
  let interrupted = false
  let connecting: Promise<pg.Client> | undefined
  let sending: Promise<void> | undefined
  let turn: Promise<unknown> = Promise.resolve()

  /** One statement at a time: what is said at once on one connection would wait inside the driver. */
  function say(connection: pg.Client, text: string, values: unknown[] = []): Promise<unknown> {
    const said = turn.then(() => connection.query(text, values))
    turn = said.catch(() => undefined)
    return said
  }

  function wake(channel: string): void {
    for (const listener of listeners.get(channel) ?? []) {
      try {
        listener()
      } catch (error) {
        log.error({ err: error, channel }, 'a listener failed')
      }
    }
  }

  const connected = (): Promise<pg.Client> => {
    if (client) return Promise.resolve(client)
    connecting ??= connect().finally(() => (connecting = undefined))
    return connecting
  }

  async function connect(): Promise<pg.Client> {
    for (let pause = 25; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      stopped.signal.throwIfAborted()
      try {
        return await connectOnce()
      } catch (error) {
        if (stopped.signal.aborted) throw error
        log.warn({ err: error }, 'no connection for signals yet')
        await sleep(pause * (0.5 + options.random()), undefined, { signal: stopped.signal })
      }
    }
  }

  async function connectOnce(): Promise<pg.Client> {
    // A lost signal costs a second at most (readers poll), so that its commit need not wait for the disk.
    const fresh = new pg.Client({
      connectionString: options.url,
      application_name: 'jasaweb signals',
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      options: '-c synchronous_commit=off',
    })
    const lost = () => {
      if (client !== fresh) return
      client = undefined
      interrupted = true
      if (stopped.signal.aborted) return
      log.warn('the connection for signals was lost')
      if (listeners.size > 0 || unsent.size > 0)
        connected().then(
          () => send(),
          () => undefined,
        )
    }
    fresh.on('error', lost)
    fresh.on('end', lost)
    fresh.on('notification', ({ channel, processId }) => {
      // Listeners of this process were woken when it sent the signal.
      if (processId !== backend(fresh)) wake(channel)
    })
    try {
      await fresh.connect()
      for (const channel of listeners.keys()) await fresh.query(`listen ${channel}`)
    } catch (error) {
      await fresh.end().catch(() => undefined)
      throw error
    }
    client = fresh
    // Nobody knows what was signalled while nothing listened.
    if (interrupted) for (const channel of listeners.keys()) wake(channel)
    interrupted = false
    return fresh
  }

  async function send(): Promise<void> {
    while (unsent.size > 0) {
      await nextTurn()
      const channels = [...unsent]
      unsent.clear()
      try {
        const connection = await connected()
        await say(connection, `select pg_notify(channel, '') from unnest($1::text[]) as channel`, [channels])
      } catch (error) {
        if (stopped.signal.aborted) return
        for (const channel of channels) unsent.add(channel)
        log.debug({ err: error }, 'signals are sent again')
        await sleep(10)
      }
    }
  }

  return {
    async listen(channel, listener) {
      if (!CHANNEL.test(channel))
        throw new Error(`"${channel}" is no channel name: use lower-case letters, digits and _`)
      const existing = listeners.get(channel)
      const group = existing ?? new Set()
      group.add(listener)
      listeners.set(channel, group)
      const before = client
      const connection = await connected()
      // A connection made just now has subscribed by itself.
      if (before === connection) await say(connection, `listen ${channel}`).catch(connected)
      return async () => {
        group.delete(listener)
        if (group.size > 0 || listeners.get(channel) !== group) return
        listeners.delete(channel)
        if (client) await say(client, `unlisten ${channel}`).catch(() => undefined)
      }
    },
    notify(channel) {
      if (stopped.signal.aborted) return
      wake(channel)
      unsent.add(channel)
      sending ??= send().finally(() => (sending = undefined))
    },
    async close() {
      // What was asked for goes out if there is a connection to send it on.
      if (client) await Promise.race([sending, sleep(500, undefined, { ref: false })])
      stopped.abort()
      await Promise.allSettled([sending, connecting])
      const last = client
      client = undefined
      await last?.end().catch(() => undefined)
    },
  }
}
