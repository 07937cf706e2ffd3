// The machines a domain is built on, handed to every slice by app.ts; and what a slice gives back.
import type { Hono } from 'hono'
import type { Logger } from 'pino'
import type { Clock } from './clock.ts'
import type { BoundOperation } from './contract/call.ts'
import type { EventType } from './contract/event.ts'
import type { ProblemType } from './contract/problem.ts'
import type { Database } from './database.ts'
import type { EventLog } from './events/log.ts'
import type { EventReader } from './events/reader.ts'
import type { Files } from './files.ts'
import type { Mailer } from './mail/mailer.ts'

export interface Platform {
  clock: Clock
  /** Uniform in [0, 1); injected so that retries and samples can be repeated in tests. */
  random: () => number
  log: Logger
  database: Database
  events: EventLog
  mailer: Mailer
  files: Files
  /** The address people use, without a trailing slash; for links in mail. */
  publicUrl: string
}

/** A loop of its own in the background: started after the server listens, stopped before the database closes. */
export interface Worker {
  name: string
  start(): void
  /** Resolves when the running piece of work is done. */
  stop(): Promise<void>
}

/** What a domain contributes to the application. */
export interface Slice {
  operations?: BoundOperation[]
  events?: Record<string, EventType>
  problems?: Record<string, ProblemType>
  readers?: EventReader[]
  workers?: Worker[]
  /** Routes that the contract cannot describe. */
  routes?(app: Hono): void
}
