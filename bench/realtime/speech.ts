// What a receiver says and hears in each protocol: which frames are messages, which must be answered, when it is ready.
import type { Visitor } from './receiver-contract.ts'

export interface Heard {
  /** Messages in the frame. */
  messages: number
  /** What must be answered. */
  answer?: string
  /** Whether this was one of the replies that the connection waits for before it is ready. */
  reply?: boolean
  /** Milliseconds after which it is asked to come back. */
  after?: number
}
export interface Speech {
  path(visitor: Visitor): string
  /** What it says once the server has agreed to speak, by step: each waits for the reply to the one before. */
  steps(visitor: Visitor): string[]
  hear(payload: Buffer): Heard
  /** The documents of a frame of messages. */
  documents(payload: Buffer): { payload: { data: { n?: number } }; id: string }[]
}

const at = (payload: Buffer, place: number) => payload[place]
const code = (letter: string) => letter.charCodeAt(0)
const NEWLINE = 10

function linesOf(payload: Buffer): number {
  let lines = 1
  for (let found = payload.indexOf(NEWLINE); found >= 0; found = payload.indexOf(NEWLINE, found + 1)) lines += 1
  return lines
}
const failed = (text: string): never => {
  throw new Error(`the server refused: ${text.slice(0, 300)}`)
}

type Push = { push: { pub: { data: ReturnType<Speech['documents']>[number] } } }

const centrifugo: Speech = {
  path: () => '/connection/websocket',
  steps: ({ token, channels }) => [
    JSON.stringify({ id: 1, connect: { token } }),
    ...channels.map((subscribe, index) => JSON.stringify({ id: index + 2, subscribe })),
  ],
  hear(payload) {
    if (payload.length === 2) return { messages: 0, answer: '{}' }
    // {"push":… or {"id":…
    if (at(payload, 2) === code('p')) return { messages: linesOf(payload) }
    const text = payload.toString()
    return text.includes('"error"') ? failed(text) : { messages: 0, reply: true }
  },
  documents: (payload) =>
    payload
      .toString()
      .split('\n')
      .map((line) => (JSON.parse(line) as Push).push.pub.data),
}

const plain: Speech = {
  path: ({ token, csrf, resume }) => `/ws?token=${token}&csrf=${encodeURIComponent(csrf)}${resume ?? ''}`,
  steps: ({ channels }) => [
    ...channels.map(({ channel }) => JSON.stringify({ type: 'subscribe', channel })),
    JSON.stringify({ type: 'resume' }),
  ],
  hear(payload) {
    // {"type":"system_notification" and {"type":"project_update" against subscribed, ping, pong, presence
    const [first, second, third] = [at(payload, 9), at(payload, 10), at(payload, 11)]
    if (first === code('s') && second === code('y')) return { messages: 1 }
    if (first === code('p') && second === code('r') && third === code('o')) return { messages: 1 }
    const text = payload.toString()
    if (text.startsWith('{"type":"ping"')) return { messages: 0, answer: '{"type":"pong"}' }
    if (text.startsWith('{"type":"reconnect"'))
      return { messages: 0, after: (JSON.parse(text) as { after: number }).after }
    return text.startsWith('{"type":"error"') ? failed(text) : { messages: 0, reply: true }
  },
  documents: (payload) => [JSON.parse(payload.toString())],
}

const bare: Speech = {
  path: () => '/',
  steps: () => [],
  hear: () => ({ messages: 1 }),
  documents: (payload) => [JSON.parse(payload.toString())],
}

const socketIo: Speech = {
  path: () => '/socket.io/?EIO=4&transport=websocket',
  // The server speaks first; that is the reply to nothing.
  steps: () => ['', '40'],
  hear(payload) {
    const kind = at(payload, 0)
    if (kind === code('2')) return { messages: 0, answer: '3' }
    if (kind === code('4') && at(payload, 1) === code('2')) return { messages: 1 }
    return { messages: 0, reply: true }
  },
  documents: (payload) => [(JSON.parse(payload.toString().slice(2)) as [string, never])[1]],
}

export const speeches = { centrifugo, plain, bare, 'socket.io': socketIo }
