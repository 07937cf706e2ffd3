// The peer Socket.IO with its defaults: everybody in one room, over WebSocket only.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { drive } from './driven.ts'

const http = createServer()
const server = new Server(http, { transports: ['websocket'] })
server.on('connection', (socket) => void socket.join('system'))
http.listen(0, '127.0.0.1')
await once(http, 'listening')
drive({
  port: (http.address() as AddressInfo).port,
  send(messages) {
    for (const message of messages) server.to('system').emit('message', JSON.parse(message))
  },
})
