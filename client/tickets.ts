// Tokens: asked for when a connection needs one, kept while they last, and where they lead.
import { within, type Timing } from './timing.ts'
import { retryAfterOf } from './transport.ts'

/** What opens a connection, as `GET /api/websocket/token` answers it. */
export interface Ticket {
  token: string
  csrf: string
  /** Seconds. */
  expiresIn?: number
  /** Where to connect, ending in `/ws`; used when the client was given no `url`. */
  url?: string
}

/** A token was not given. 401 and 403 end the connection for good; anything else is tried again. */
export class TokenRefused extends Error {
  readonly status: number
  /** Milliseconds. */
  readonly retryAfter: number | undefined
  constructor(status: number, retryAfter?: number) {
    super(`no token: ${status}`)
    this.status = status
    this.retryAfter = retryAfter
  }
}
export const isFinal = ({ status }: { status?: number | undefined }): boolean => status === 401 || status === 403

export interface Tickets {
  /** One that is good, and whether it was asked for just now. */
  get(): Promise<{ ticket: Ticket; fresh: boolean }>
  renew(): Promise<Ticket>
  /** The one at hand is not to be used again. */
  drop(): void
}

const patience = 10_000
/** The part of its life in which a token may still be used for a new connection. */
const usable = 0.8
const usualLife = 300

export function createTickets(ask: () => Promise<Ticket>, timing: Timing): Tickets {
  let kept: { ticket: Ticket; until: number } | undefined

  async function renew(): Promise<Ticket> {
    const asked = timing.now()
    const ticket = await within(timing, patience, ask())
    kept = { ticket, until: asked + (ticket.expiresIn ?? usualLife) * 1000 * usable }
    return ticket
  }
  return {
    async get() {
      if (kept && timing.now() < kept.until) return { ticket: kept.ticket, fresh: false }
      return { ticket: await renew(), fresh: true }
    },
    renew,
    drop: () => void (kept = undefined),
  }
}

/** Asks the server for a token with the session cookie. Its own idea of its address may differ behind a proxy. */
export const sessionTicket =
  (fetch: typeof globalThis.fetch, base: () => string): (() => Promise<Ticket>) =>
  async () => {
    const answer = await fetch(addressOf(base(), 'api/websocket/token'), {
      headers: { accept: 'application/json' },
      credentials: 'include',
    })
    if (!answer.ok) throw new TokenRefused(answer.status, retryAfterOf(answer.headers))
    const { url: _, ...ticket } = (await answer.json()) as Ticket
    return ticket
  }

/** An address below the folder that the base stands for. */
export const addressOf = (base: string, path: string): URL => new URL(path, base.endsWith('/') ? base : `${base}/`)

/** The folder of the address that a ticket names, as one that can be fetched from. */
export function baseOf({ url }: Ticket): string | undefined {
  return url === undefined ? undefined : new URL('.', url).href.replace(/^ws/, 'http')
}
