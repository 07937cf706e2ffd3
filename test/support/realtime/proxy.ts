// A network between a client and a server, to be cut, or to let no WebSocket through.
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface Network {
  url: string
  /** While false, whoever asks for a WebSocket is hung up on. */
  webSockets: boolean
  /** While false, nobody gets through. */
  up: boolean
  /** TCP connections made so far. */
  readonly made: number
  /** Breaks every connection without a goodbye. */
  cut(): void
  close(): Promise<void>
}

export async function createNetwork(port: number): Promise<Network> {
  const sockets = new Set<Socket>()
  let made = 0
  const server = createServer((near) => {
    made += 1
    if (!network.up) return void near.destroy()
    const far = connect(port, '127.0.0.1')
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    }
    far.on('data', (bytes) => near.write(bytes))
    near.on('data', (bytes) => {
      if (!network.webSockets && /^upgrade: websocket/im.test(bytes.toString('latin1'))) near.destroy()
      else far.write(bytes)
    })
  })
  const network = {
    url: '',
    webSockets: true,
    up: true,
    get made() {
      return made
    },
    cut() {
      for (const socket of sockets) socket.destroy()
    },
    async close() {
      network.cut()
      server.close()
      await once(server, 'close')
    },
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  network.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return network
}
