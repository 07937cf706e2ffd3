// No peer that anybody runs, but what is left when everything is taken away: the frames of a burst are built once, and each
// socket is written to once, past `ws`. More than this Node and the kernel do not give.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { drive } from './driven.ts'

const sockets = new Set<Duplex>()
const server = new WebSocketServer({ noServer: true, clientTracking: false })
const http = createServer()
http.on('upgrade', (request, socket, head) => server.handleUpgrade(request, socket, head, () => sockets.add(socket)))
http.listen(0, '127.0.0.1')
await once(http, 'listening')

function frame(message: string): Buffer {
  const payload = Buffer.from(message)
  const head = payload.length < 126 ? [0x81, payload.length] : [0x81, 126, payload.length >> 8, payload.length & 255]
  return Buffer.concat([Buffer.from(head), payload])
}
drive({
  port: (http.address() as AddressInfo).port,
  send(messages) {
    const burst = Buffer.concat(messages.map(frame))
    for (const socket of sockets) socket.write(burst)
  },
})
