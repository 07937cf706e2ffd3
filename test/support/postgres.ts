import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startPostgres, stopAbandonedPostgres } from '../../src/platform/postgres/supervisor.ts'

// One throw-away PostgreSQL for a whole test run. Nothing in it has to survive a crash, so it never waits for a disk.
// Tests find its URL by `inject('postgresUrl')`, the processes they start in TEST_POSTGRES_URL; who sets that variable
// beforehand has the tests use another server.

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string
  }
}

const PREFIX = 'jasaweb-test-'
const SETTINGS = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  max_connections: '300',
  shared_buffers: '64MB',
  idle_in_transaction_session_timeout: '0',
}

export default async function setup(project: TestProject): Promise<(() => Promise<void>) | void> {
  const given = process.env.TEST_POSTGRES_URL
  if (given) {
    project.provide('postgresUrl', given)
    return
  }
  await removeAbandoned(tmpdir())
  const folder = mkdtempSync(join(tmpdir(), PREFIX))
  chmodSync(folder, 0o711)
  const server = await startPostgres({ dataDir: join(folder, 'pg'), settings: SETTINGS, log: console.error })
  process.env.TEST_POSTGRES_URL = server.url('postgres')
  project.provide('postgresUrl', server.url('postgres'))
  return async () => {
    delete process.env.TEST_POSTGRES_URL
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Stops and removes what crashed runs left in the folder; running ones are recognised by their living users. */
export async function removeAbandoned(parent: string): Promise<void> {
  for (const name of readdirSync(parent)) {
    const folder = join(parent, name)
    if (!name.startsWith(PREFIX) || isForeign(folder) || isJustMade(folder)) continue
    try {
      if (await stopAbandonedPostgres(join(folder, 'pg'))) rmSync(folder, { recursive: true, force: true })
    } catch (error) {
      console.error(`${folder} could not be removed:`, error)
    }
  }
}

function isForeign(folder: string): boolean {
  const me = process.getuid?.()
  const owner = statSync(folder, { throwIfNoEntry: false })?.uid
  return owner === undefined || (me !== undefined && owner !== me)
}

/** A run that has just made its folder becomes a user of it within moments. */
function isJustMade(folder: string): boolean {
  const users = join(folder, 'pg', 'users')
  if (existsSync(users) && readdirSync(users).length > 0) return false
  const made = statSync(folder, { throwIfNoEntry: false })?.mtimeMs
  return made === undefined || Date.now() - made < 60_000
}
