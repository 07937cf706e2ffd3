// A client beside a server of the plain protocol, and what it was told, in order.
import { afterEach, expect, vi } from 'vitest'
import { createClient, type Client, type ClientOptions } from '../../../client/client.ts'
import { createManualTiming, type ManualTiming } from './manual-timing.ts'
import { createPlainServer, type PlainServer } from './plain-server.ts'

export interface Setting {
  server: PlainServer
  timing: ManualTiming
  client: Client
  states: string[]
  /** The ids of the messages. */
  ids: number[]
  gaps: number
  /** Lets the pause pass that a client makes before it comes back, if it makes one. */
  skipPause(): void
  /** Resolves once an interrupted client is live again, skipping pauses. */
  back(): Promise<void>
  close(): Promise<void>
}

export async function createSetting(options: ClientOptions = {}): Promise<Setting> {
  const server = await createPlainServer()
  const timing = createManualTiming()
  const client = createClient({ url: server.url, timing, ...options })
  const setting: Setting = {
    server,
    timing,
    client,
    states: [],
    ids: [],
    gaps: 0,
    skipPause() {
      // What is on its way has ten seconds; a pause is the only thing due.
      const [pause, other] = timing.due
      if (pause !== undefined && pause !== 10_000 && other === undefined) timing.pass(pause)
    },
    async back() {
      await vi.waitFor(
        () => {
          if (client.state !== 'live') setting.skipPause()
          if (client.state !== 'live') throw new Error(`it is ${client.state}`)
        },
        { interval: 5 },
      )
    },
    async close() {
      client.close()
      await server.close()
    },
  }
  client.onState((state) => setting.states.push(state))
  client.onMessage(({ id }) => setting.ids.push(Number(id)))
  client.onGap(() => (setting.gaps += 1))
  return setting
}

/** Makes settings that end with their test, with the globals that were replaced for it. */
export function settings() {
  const open: Setting[] = []
  afterEach(async () => {
    for (const setting of open.splice(0)) await setting.close()
    vi.unstubAllGlobals()
  })
  async function setting(options?: ClientOptions): Promise<Setting> {
    const made = await createSetting(options)
    open.push(made)
    return made
  }
  async function live(options?: ClientOptions): Promise<Setting> {
    const made = await setting(options)
    made.client.connect()
    await until(made, 'live')
    return made
  }
  return { setting, live }
}

export const until = ({ client }: Setting, state: string): Promise<void> =>
  vi.waitFor(() => expect(client.state).toBe(state))
