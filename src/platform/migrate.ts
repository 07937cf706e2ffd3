// Brings a database to the shape this code expects: the numbered SQL files of a folder, each once, in order.
import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import pg from 'pg'
import type { Logger } from 'pino'

/** The database and the migration files do not belong together; the message says what to do. */
export class MigrationRefused extends Error {
  override name = 'MigrationRefused'
}

interface Migration {
  name: string
  sql: string
  checksum: string
}

const FILE = /^\d{4}_[a-z0-9_]+\.sql$/
const OLDEST_SERVER = 170_000
// Any two numbers, as long as every process takes the same lock.
const LOCK = 'pg_advisory_lock(1247215615, 1)'

/**
 * Applies what is missing and resolves to the names applied. Any number of processes may call it at once: one works, the
 * others wait for it. Rejects with `MigrationRefused` when an applied file was changed, removed, or comes from newer code.
 */
export async function migrate(options: {
  url: string
  folder: URL | string
  log: Logger
}): Promise<{ applied: string[] }> {
  const files = await filesOf(options.folder)
  const client = new pg.Client({ connectionString: options.url, application_name: 'jasaweb migrate' })
  client.on('error', (error) => options.log.warn({ err: error }, 'the connection for migrations was lost'))
  await client.connect()
  try {
    await client.query('set lock_timeout = 0; set statement_timeout = 0')
    await client.query(`select ${LOCK}`)
    await refuseOldServer(client)
    await client.query(
      `create table if not exists migrations (
        name text primary key, checksum text not null, applied_at timestamptz not null default now())`,
    )
    const missing = missingFrom(files, await recorded(client))
    for (const migration of missing) await apply(client, migration, options.log)
    return { applied: missing.map(({ name }) => name) }
  } finally {
    // Ending the session releases the lock.
    await client.end()
  }
}

async function filesOf(folder: URL | string): Promise<Migration[]> {
  const path = folder instanceof URL ? fileURLToPath(folder) : folder
  const names = (await readdir(path)).filter((name) => name.endsWith('.sql')).toSorted()
  const odd = names.find((name) => !FILE.test(name))
  if (odd) throw new MigrationRefused(`${odd} is no name for a migration: call it like 0001_platform.sql.`)
  const numbers = names.map((name) => name.slice(0, 4))
  const twice = names.find((_, at) => numbers.indexOf(numbers[at] ?? '') !== at)
  if (twice)
    throw new MigrationRefused(`Two migrations have the number of ${twice}: give one of them the next free number.`)
  return Promise.all(
    names.map(async (name) => {
      // Git may check the files out with other line ends; that is no change.
      const sql = (await readFile(join(path, name), 'utf8')).replaceAll('\r\n', '\n')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

async function refuseOldServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: number; version: string }>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as version`,
  )
  const server = rows[0]
  if (server && server.number < OLDEST_SERVER)
    throw new MigrationRefused(
      `The database server is PostgreSQL ${server.version}: JasaWeb needs 17 or newer. Upgrade it, or use the embedded one by leaving DATABASE_URL empty.`,
    )
}

async function recorded(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; checksum: string }>('select name, checksum from migrations')
  return new Map(rows.map(({ name, checksum }) => [name, checksum]))
}

function missingFrom(files: Migration[], applied: Map<string, string>): Migration[] {
  const known = new Set(files.map(({ name }) => name))
  const newer = [...applied.keys()].toSorted().filter((name) => !known.has(name))
  if (newer.length > 0)
    throw new MigrationRefused(
      `The database has migrations that this version of JasaWeb does not know (${newer.join(', ')}): start the newer version again, or restore a backup made before it.`,
    )
  for (const { name, checksum } of files)
    if (applied.has(name) && applied.get(name) !== checksum)
      throw new MigrationRefused(
        `${name} was changed after it had been applied: put the file back as it was and write the change as a new migration.`,
      )
  const missing = files.filter(({ name }) => !applied.has(name))
  const last = [...applied.keys()].toSorted().at(-1) ?? ''
  const late = missing.find(({ name }) => name < last)
  if (late)
    throw new MigrationRefused(
      `${late.name} comes before ${last}, which is applied already: give it the next free number.`,
    )
  return missing
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration, log: Logger): Promise<void> {
  try {
    await client.query('begin')
    await client.query(sql)
    await client.query('insert into migrations (name, checksum) values ($1, $2)', [name, checksum])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw new Error(
      `Migration ${name} failed and was undone: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    )
  }
  log.info({ migration: name }, 'migrated')
}
