// `jasaweb start`: from nothing to serving, and down again cleanly.
import { buildApp } from '../app.ts'
import type { App, AppOptions } from '../app.ts'
import { readConfig } from '../config.ts'
import type { Config } from '../config.ts'
import { systemClock } from '../platform/clock.ts'
import { readyDatabase } from './database.ts'
import { logFor } from './log.ts'
import { step } from './progress.ts'

export async function run(): Promise<void> {
  await serve(readConfig(), 'production')
}

/** What a command adds to a start. */
export interface Occasion {
  /** Runs on the ready database before the application is built; ends soon once `stopped` is aborted. */
  before?: (databaseUrl: string, stopped: AbortSignal) => Promise<void>
  /** Told when the application serves. */
  ready?: () => void
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
      buildApp({ config, databaseUrl: server.url, clock: systemClock, random: Math.random, log, pages }),
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

/** The first signal stops in order; a second Ctrl-C at once. */
function stopOnSignal(work: () => Promise<void>): () => Promise<void> {
  let stopping: Promise<void> | undefined
  const stop = () => (stopping ??= work())
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // The command that started us repeats the wish as SIGTERM, as it cannot know whether Ctrl-C has reached us.
      if (stopping && signal === 'SIGINT') process.exit(1)
      if (stopping) return
      console.log('\n  Stopping: running requests finish first. Press Ctrl-C again to stop at once.')
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error)
          process.exit(1)
        },
      )
    })
  }
  // The command that started us is gone, be it by `kill -9`: nobody could stop us any more.
  process.once('disconnect', () => process.emit('SIGTERM'))
  return stop
}
