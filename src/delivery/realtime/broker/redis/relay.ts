// Commands for another node by its channel, with a receipt; by the database when Redis is not there or nobody answers.
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Logger } from 'pino'
import type { PostgresRelay } from '../postgres-relay.ts'
import type { Received } from '../received.ts'
import type { RedisClient } from './connection.ts'

const Letter = z.union([
  z.object({ command: z.string(), from: z.string(), session: z.string(), data: z.string() }),
  z.object({ receipt: z.string() }),
])

/** Milliseconds for a living node to say that it has a command. */
const RECEIPT_MS = 1_000

export interface RedisRelayOptions {
  prefix: string
  node: string
  received: Received
  /** The way without Redis. */
  otherwise: Pick<PostgresRelay, 'send'>
  client(): RedisClient | undefined
  log: Logger
}

export function createRedisRelay(options: RedisRelayOptions) {
  const { node, received, otherwise, log } = options
  const channelOf = (of: string) => `${options.prefix}node:${of}`
  const awaited = new Map<string, (taken: boolean) => void>()

  async function sendBy(client: RedisClient, to: string, letter: z.output<typeof Letter>): Promise<boolean> {
    return (await client.publish(channelOf(to), JSON.stringify(letter))) > 0
  }

  async function sendWithReceipt(client: RedisClient, to: string, session: string, data: string, command: string) {
    const taken = new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), RECEIPT_MS)
      awaited.set(command, (answer) => (clearTimeout(timer), resolve(answer)))
    })
    try {
      if (!(await sendBy(client, to, { command, from: node, session, data }))) return false
      return await taken
    } catch (error) {
      log.debug({ err: error }, 'a command goes by the database')
      return false
    } finally {
      awaited.get(command)?.(false)
      awaited.delete(command)
    }
  }

  return {
    channel: channelOf(node),
    async send(to: string, session: string, data: string): Promise<boolean> {
      // By both ways it is the same command, and taken once.
      const command = randomUUID()
      const client = options.client()
      if (client && (await sendWithReceipt(client, to, session, data, command))) return true
      return otherwise.send(to, session, data, command)
    },
    /** A message of this node's channel. */
    heard(text: string): void {
      const letter = read(text)
      if (!letter) return log.warn('what is no command was published for this node')
      if ('receipt' in letter) return awaited.get(letter.receipt)?.(true)
      received.take(letter.command, letter.session, letter.data)
      const client = options.client()
      if (client)
        sendBy(client, letter.from, { receipt: letter.command }).catch((error: unknown) =>
          log.debug({ err: error }, 'a receipt was not sent'),
        )
    },
  }
}

function read(text: string): z.output<typeof Letter> | undefined {
  try {
    return Letter.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
