// The peer `ws` as most people use it: one send per message per socket, nothing else.
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { drive } from './driven.ts'

const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
await once(server, 'listening')
drive({
  port: (server.address() as AddressInfo).port,
  send(messages) {
    for (const message of messages) for (const socket of server.clients) socket.send(message)
  },
})
