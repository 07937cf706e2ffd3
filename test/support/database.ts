// A database of its own for each test file: migrated once a run into a template, then copied by PostgreSQL itself.
import { createHash, randomBytes } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import pg from 'pg'
import { pino } from 'pino'
import { openDatabase } from '../../src/platform/database.ts'
import type { Database } from '../../src/platform/database.ts'
import { migrate } from '../../src/platform/migrate.ts'

export interface TestDatabase {
  url: string
  database: Database
  /** Closes `database` and removes what it was connected to. */
  drop(): Promise<void>
}

const MIGRATIONS = new URL('../../src/migrations/', import.meta.url)
const TEMPLATE_LOCK = 'pg_advisory_lock(1247215615, 99)'

export const quiet = pino({ level: process.env.TEST_LOG_LEVEL ?? 'silent' })

export async function createTestDatabase(options: { poolSize?: number } = {}): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`
  await asAdmin(async (admin) => {
    const template = await migratedTemplate(admin)
    // Several times as fast as wal_log where, as here, no checkpoint waits for a disk.
    await admin.query(`create database ${name} template ${template} strategy file_copy`)
  })
  const url = urlOf(name)
  const database = openDatabase({ url, poolSize: options.poolSize ?? 10, log: quiet })
  return {
    url,
    database,
    async drop() {
      await database.close()
      await asAdmin((admin) => admin.query(`drop database if exists ${name} with (force)`))
    },
  }
}

/** An empty database without any table, for tests of the migrations themselves. */
export async function createEmptyDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `test_${randomBytes(8).toString('hex')}`
  await asAdmin((admin) => admin.query(`create database ${name} template template0`))
  return {
    url: urlOf(name),
    drop: async () => void (await asAdmin((admin) => admin.query(`drop database if exists ${name} with (force)`))),
  }
}

async function migratedTemplate(admin: pg.Client): Promise<string> {
  const name = `template_${await fingerprint()}`
  const exists = async () => (await admin.query('select from pg_database where datname = $1', [name])).rowCount === 1
  if (await exists()) return name
  await admin.query(`select ${TEMPLATE_LOCK}`)
  try {
    if (await exists()) return name
    const draft = `${name}_draft`
    await admin.query(`drop database if exists ${draft} with (force)`)
    await admin.query(`create database ${draft} template template0`)
    await migrate({ url: urlOf(draft), folder: MIGRATIONS, log: quiet })
    await admin.query(`alter database ${draft} rename to ${name}`)
    return name
  } finally {
    await admin.query(`select ${TEMPLATE_LOCK.replace('lock', 'unlock')}`)
  }
}

// Changed migrations get a new template, so that a long-lived cluster never serves an old one.
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256')
  for (const file of (await readdir(MIGRATIONS)).toSorted())
    hash.update(file).update(await readFile(new URL(file, MIGRATIONS)))
  return hash.digest('hex').slice(0, 16)
}

function urlOf(database: string): string {
  const base = process.env.TEST_POSTGRES_URL
  if (!base)
    throw new Error('TEST_POSTGRES_URL is not set: run the tests with vitest, which starts a PostgreSQL for them')
  const url = new URL(base)
  url.pathname = `/${database}`
  return url.toString()
}

async function asAdmin<T>(work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: urlOf('postgres') })
  await admin.connect()
  try {
    return await work(admin)
  } finally {
    await admin.end()
  }
}
