// What carries the messages: one opening of a WebSocket, or of a stream of server-sent events with POSTs for the way back.

export type TransportName = 'websocket' | 'sse'

export interface Ending {
  /** A close code of the server; 1006 when nobody said why. */
  code: number
  reason: string
  /** The HTTP status with which it was refused, where the transport tells. */
  status?: number
  /** Milliseconds that the server wants to be left alone. */
  retryAfter?: number | undefined
}

export interface TransportEvents {
  /** Commands may be sent. */
  opened(): void
  /** A sign of life of so many bytes. */
  heard(bytes: number): void
  /** One JSON document. */
  text(text: string): void
  /** Once, and never after `close`. */
  ended(ending: Ending): void
}

export interface Transport {
  send(text: string): void
  close(): void
}

export type OpenTransport = (events: TransportEvents) => Transport

export const lost: Ending = { code: 1006, reason: 'connection lost' }

const encoder = new TextEncoder()
export const sizeOf = (text: string): number => encoder.encode(text).length

/** The milliseconds of a `Retry-After` in seconds. */
export function retryAfterOf(headers: Headers): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  return seconds >= 0 ? seconds * 1000 : undefined
}
