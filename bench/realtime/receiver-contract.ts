// What a benchmark asks of its receivers, which are processes of their own, and what they answer.

/** Somebody who connects. */
export interface Visitor {
  token: string
  csrf: string
  /** Channels to subscribe to besides those that are theirs anyway; the token stands in for the right to read it. */
  channels: { channel: string; token?: string }[]
  /** More of the address, such as where to go on. */
  resume?: string
}
export interface Opening {
  port: number
  protocol: 'centrifugo' | 'plain' | 'bare' | 'socket.io'
  deflate: boolean
  visitors: Visitor[]
  /** Connections that are being made at a time. */
  atOnce: number
  /** Where the sockets are counted, so that several servers can be measured side by side. */
  group: string
}
export interface Totals {
  open: number
  messages: number
  bytes: number
  closed: Record<string, number>
}

export interface Requests {
  open(opening: Opening): Promise<void>
  totals(group: string): Promise<Totals>
  /** Resolves once the group has received so many messages in all. */
  reached(group: string, messages: number): Promise<void>
  /** From now on notes when each message arrived at every n-th socket of the group. */
  sample(group: string, every: number): Promise<void>
  /** What was noted since: the number in the message and the time, see `now`. */
  samples(): Promise<[number, number][]>
  /** Has every n-th socket of the group stop reading. */
  stall(group: string, every: number): Promise<number>
  close(group: string): Promise<void>
  churn(opening: Opening, milliseconds: number): Promise<{ done: number; waits: number[] }>
  /** Looks at every message of the group from now on, and takes whoever is sent away to another server. */
  watch(group: string, to: { port: number; epoch: string }): Promise<void>
  moves(group: string): Promise<Moves>
}

/** What moving from a server that stops to another one was like. */
export interface Moves {
  moved: number
  /** Attempts to get in at the other server that failed, by what was heard; each is made again a second later. */
  failed: Record<string, number>
  /** Arrivals at the other server by second since the first. */
  arrivals: number[]
  /** Numbered messages that a client did not get, that it got twice, and that it got in all. */
  lost: number
  repeated: number
  received: number
  /** The number up to which everybody is. */
  upTo: number
}
