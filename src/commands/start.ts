// `jasaweb start`: from nothing to serving, and down again cleanly.
import { buildApp } from '../app.ts'
import type { App, AppOptions } from '../app.ts'
import { readConfig } from '../config.ts'
import type { Config } from '../config.ts'
import { systemClock } from '../platform/clock.ts'
import { bringUpToDate, readyDatabase } from './database.ts'
import { logFor } from './log.ts'
import { step } from './progress.ts'
import { readRoles } from './roles.ts'
import { stopOnSignal } from './stopping.ts'

export async function run(args: string[] = []): Promise<void> {
  const roles = readRoles(args)
  // A process that only holds live connections loads next to nothing else.
  if (roles.size === 1 && roles.has('realtime')) {
    const { holdConnections } = await import('./realtime.ts')
    const config = readConfig()
    return holdConnections(config, (url) => bringUpToDate(url, logFor(config)))
  }
  await serve(readConfig(), 'production', { roles })
}

/** What a command adds to a start. */
export interface Occasion {
  /** Runs on the ready database before the application is built; ends soon once `stopped` is aborted. */
  before?: (databaseUrl: string, stopped: AbortSignal) => Promise<void>
  /** Told when the application serves. */
  ready?: () => void
  /** The parts of the work to take; all unless given. */
  roles?: AppOptions['roles']
}

/** Starts and serves until a signal comes. */
export async function serve(
  config: Config,
  pages: NonNullable<AppOptions['pages']>,
  occasion: Occasion = {},
): Promise<void> {
  const log = logFor(config)
  const server = await readyDatabase(config, log)
  const stopped = new AbortController()
  let before: Promise<void> | undefined
  let app: App | undefined
  const stop = stopOnSignal(async () => {
    stopped.abort()
    await before?.catch(() => undefined)
    await app?.stop()
    await server.stop()
  })
  try {
    before = occasion.before?.(server.url, stopped.signal)
    await before
    app = await step('Loading the application', () =>
      buildApp({
        config,
        databaseUrl: server.url,
        clock: systemClock,
        random: Math.random,
        log,
        pages,
        ...(occasion.roles && { roles: occasion.roles }),
      }),
    )
    const owner = await app.seed()
    await app.listen()
    console.log(`\n  JasaWeb is ready:  ${config.PUBLIC_URL}\n`)
    if (owner) announceOwner(owner, config)
    occasion.ready?.()
  } catch (error) {
    // Whoever asked it to stop is not told that it did not finish.
    if (stopped.signal.aborted) return
    await stop()
    throw error
  }
}

function announceOwner({ email, password }: { email: string; password: string | null }, config: Config): void {
  console.log('  The owner account was created. Sign in at', `${config.PUBLIC_URL}/sign-in`)
  console.log(`    e-mail    ${email}`)
  console.log(
    `    password  ${password === null ? '(from OWNER_PASSWORD)' : `${password}   (shown once; choose your own after signing in)`}\n`,
  )
}
