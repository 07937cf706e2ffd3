// A client beside a server of the plain protocol, and what it was told, in order.
import { vi } from 'vitest'
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
  /** Resolves once the client is live again after a loss, letting pauses pass. */
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
    async back() {
      await vi.waitFor(() => {
        if (client.state !== 'live') timing.pass(20_000)
        if (client.state !== 'live') throw new Error(`it is ${client.state}`)
      })
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
