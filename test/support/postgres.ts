import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startPostgres } from '../../src/platform/postgres/supervisor.ts'

// One throw-away PostgreSQL for a whole test run. Nothing in it has to survive a crash, so it never waits for a disk.

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string
  }
}

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
  const folder = mkdtempSync(join(tmpdir(), 'jasaweb-test-'))
  const server = await startPostgres({ dataDir: join(folder, 'pg'), settings: SETTINGS })
  process.env.TEST_POSTGRES_URL = server.url('postgres')
  project.provide('postgresUrl', server.url('postgres'))
  return async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
