// One client's connection, whatever it speaks over whatever carries it. Plain fields and no closures: there may be ten
// thousand of them.
import type { Role } from '../../platform/contract/operation.ts'
import type { Protocol } from '../../domains/realtime/contract.ts'
import type { Present } from './broker/broker.ts'
import { errors } from './codes.ts'
import type { Close } from './codes.ts'
import type { Chain, Form, Piece } from './frames.ts'
import type { Subscription } from './hub.ts'
import type { Message } from './message.ts'

/** Who reads, as the token says. */
export interface Reader {
  readonly userId: string
  readonly role: Role
  readonly sessionId: string
  /** Epoch seconds. */
  readonly issuedAt: number
  readonly expiresAt: number
}

/** What carries the bytes. */
export interface Transport {
  readonly form: Form
  /** Bytes that the network has not taken yet. */
  readonly buffered: number
  write(bytes: Buffer): void
  /** Asks the peer's end of the transport for a sign of life, where there is a way to. */
  ping?(): void
  /** Calls back once everything written so far was taken; never when the connection ends first. */
  whenTaken(taken: () => void): void
  close(close: Close): void
  /** Ends it at once. */
  cut(): void
}

/** A protocol: how commands are understood and messages are put. Stateless. */
export interface Speech {
  readonly protocol: Protocol
  /** A message that reaches several of a connection's channels is sent once. */
  readonly once: boolean
  piece(message: Message, channel: string, agency: boolean): Piece
  /** Sent when nothing was heard for a while; null where the transport looks after itself. */
  readonly ping: string | null
  /** Whether the transport is asked as well: not every client of the protocol answers in words. */
  readonly pingsTransport: boolean
  /** Handles one frame of a client. */
  receive(connection: Connection, text: string): Promise<void> | void
  /** Told before the connection is closed, for transports without a close frame. */
  farewell(close: Close): string | null
  /** Told that a right was lost. */
  unsubscribed(channel: string, code: number, reason: string): string
  /** Told when to come back, before a deploy; null where the protocol has no word for it. */
  comeBack(milliseconds: number): string | null
}

export class Connection {
  readonly id: string
  readonly speech: Speech
  readonly transport: Transport
  readonly address: string
  /** `performance.now()`-like times, in milliseconds. */
  readonly openedAt: number
  heardAt: number
  pingedAt: number
  /** Signs of life that it was asked for, whose answers cost nothing. */
  pongsDue = 0
  userAgent: string | null
  reader: Reader | null = null
  /** Whether its reader is of the agency; looked at for every message. */
  agency = false
  /** It was given its own channels, which happens once. */
  entered = false
  readonly subscriptions: Subscription[] = []
  /** What it is sent at the end of this turn. */
  chain: Chain | undefined
  /** What waits until the network takes more. */
  waiting: { subscription: Subscription; piece: Piece }[] | undefined
  waitingBytes = 0
  /** It is too slow for live messages: everything after this position is read from the log once it can take more. */
  behind: number | undefined
  missedBytes = 0
  /** Bytes of the largest answer that the network may not have taken yet. */
  largestAnswer = 0
  /** An answer comes first: what is live waits for it. */
  held = false
  awaitsRoom = false
  catchingUp = false
  /** The last message, for protocols that send each once. */
  sentTo = 0
  sent = 0
  /** When its allowance of messages will be full again (GCRA), and how many were refused in a row. */
  fullAt = 0
  refused = 0
  closed: Close | undefined
  /** Characters of the frames that wait for their turn. */
  unread = 0
  /** Frames are handled one after the other. */
  turn: Promise<void> | undefined
  /** It counts as one of its address until it is known whose it is. */
  countedAs: string | undefined

  constructor(options: {
    id: string
    speech: Speech
    transport: Transport
    address: string
    userAgent: string | null
    now: number
  }) {
    this.id = options.id
    this.speech = options.speech
    this.transport = options.transport
    this.address = options.address
    this.userAgent = options.userAgent
    this.openedAt = this.heardAt = this.pingedAt = options.now
  }

  get channels(): string[] {
    return this.subscriptions.map(({ members }) => members.channel)
  }
  subscription(channel: string): Subscription | undefined {
    return this.subscriptions.find(({ members }) => members.channel === channel)
  }
}

export const presentOf = ({ id }: Connection, { userId }: Reader): Present => ({ client: id, user: userId })

export function readerOf({ reader }: Connection): Reader {
  if (!reader) throw errors.unauthorized()
  return reader
}
