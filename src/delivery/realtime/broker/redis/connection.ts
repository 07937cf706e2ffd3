// The one connection of this process to Redis, made anew whenever it is lost. Nothing is queued for a Redis that is not there:
// whoever needs it asks for `client`, and does without while there is none.
import { setTimeout as sleep } from 'node:timers/promises'
import type { RedisClientType } from '@redis/client'
import type { Logger } from 'pino'

export type RedisClient = RedisClientType

export interface RedisConnection {
  /** Undefined while Redis cannot be reached. */
  readonly client: RedisClient | undefined
  /** `subscribed` are the channels and who is told of what is published there. */
  start(subscribed: ReadonlyMap<string, (text: string) => void>): void
  stop(): Promise<void>
}

export interface RedisConnectionOptions {
  url: string
  log: Logger
  random: () => number
  /** Connected and subscribed. */
  ready(client: RedisClient): void
  lost(): void
}

const PING_MS = 1_000
/** A connection that is silent for longer is dead, whatever the network says. */
const SILENCE_MS = 3_000
const FIRST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 1_000

export async function createRedisConnection(options: RedisConnectionOptions): Promise<RedisConnection> {
  // Loaded where it is used only: memory is what a process with many connections has least of.
  const { createClient } = await import('@redis/client')
  const { url, log, random } = options
  const stopping = new AbortController()
  const { signal } = stopping
  let client: RedisClient | undefined
  let running: Promise<void> | undefined
  let end: (() => void) | undefined

  /** Resolves when the connection has ended. */
  async function live(subscribed: ReadonlyMap<string, (text: string) => void>, connected: () => void): Promise<void> {
    const fresh = createClient({
      url,
      name: 'jasaweb',
      disableOfflineQueue: true,
      disableClientInfo: true,
      maintNotifications: 'disabled',
      pingInterval: PING_MS,
      socket: { connectTimeout: SILENCE_MS, socketTimeout: SILENCE_MS, reconnectStrategy: false },
    }) as RedisClient
    const ended = new Promise<Error | undefined>((resolve) => {
      fresh.on('error', resolve)
      fresh.on('end', () => resolve(undefined))
      end = () => resolve(undefined)
      if (signal.aborted) resolve(undefined)
    })
    try {
      // Also a connection that is being made ends when it is no longer wanted.
      const early = ended.then((error) => {
        throw error ?? new Error('the connection to Redis ended')
      })
      early.catch(() => undefined)
      await Promise.race([fresh.connect(), early])
      for (const [channel, told] of subscribed) await Promise.race([fresh.subscribe(channel, told), early])
      client = fresh
      connected()
      options.ready(fresh)
      const error = await ended
      if (!signal.aborted) log.warn({ err: error }, 'Redis was lost: live connections are served from the database')
    } finally {
      const was = client
      client = undefined
      if (fresh.isOpen) fresh.destroy()
      if (was) options.lost()
    }
  }

  async function run(subscribed: ReadonlyMap<string, (text: string) => void>): Promise<void> {
    let pause = FIRST_PAUSE_MS
    let told = false
    while (!signal.aborted) {
      try {
        await live(subscribed, () => {
          log.info('Redis is there')
          pause = FIRST_PAUSE_MS
          told = false
        })
      } catch (error) {
        if (!signal.aborted && !told) log.warn({ err: error }, 'Redis cannot be reached and is tried again')
        told = true
      }
      await sleep(pause * (0.5 + random()), undefined, { signal }).catch(() => undefined)
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
    }
  }

  return {
    get client() {
      return client
    },
    start: (subscribed) => void (running ??= run(subscribed)),
    async stop() {
      stopping.abort()
      end?.()
      await running
    },
  }
}
