import { lost, sizeOf, type OpenTransport, type Transport } from './transport.ts'

/** A WebSocket of the plain protocol: one JSON document a frame. */
export const webSocketTo =
  (Socket: typeof WebSocket, address: URL): OpenTransport =>
  (events): Transport => {
    let over = false
    const end = (code: number, reason: string) => {
      if (over) return
      over = true
      events.ended(code < 1000 ? lost : { code, reason })
    }
    let socket: WebSocket
    try {
      socket = new Socket(address)
    } catch {
      // A page's policy may forbid it.
      queueMicrotask(() => end(0, ''))
      return { send() {}, close: () => void (over = true) }
    }
    socket.onopen = () => {
      if (!over) events.opened()
    }
    socket.onmessage = ({ data }) => {
      if (over) return
      const text = String(data)
      events.heard(sizeOf(text))
      events.text(text)
    }
    socket.onclose = ({ code, reason }) => end(code, reason)
    return {
      send(text) {
        if (socket.readyState === 1) socket.send(text)
      },
      close() {
        over = true
        socket.close()
      },
    }
  }
