import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startApplication } from '../../../test/support/postgres-application.ts'
import { mayEnter, serverAccount } from './account.ts'
import { findPostmaster } from './postmaster.ts'
import { startPostgres, stopAbandonedPostgres, type PostgresOptions, type PostgresServer } from './supervisor.ts'

const isRoot = process.getuid?.() === 0
const STRANGER = { uid: 65_534, gid: 65_534 }
const strangerMayReadCode =
  mayEnter(import.meta.dirname, STRANGER) && mayEnter(realpathSync(join(process.execPath, '..')), STRANGER)

let top: string
let dataDir: string
let servers: PostgresServer[]
beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'supervisor-')))
  chmodSync(top, 0o755)
  dataDir = join(top, 'data', 'postgres')
  servers = []
})
afterEach(async () => {
  for (const server of servers) await server.stop()
  if (existsSync(dataDir)) await stopAbandonedPostgres(dataDir)
  rmSync(top, { recursive: true, force: true })
})

async function start(options: Partial<PostgresOptions> = {}): Promise<PostgresServer> {
  const server = await startPostgres({ dataDir, ...options, settings: { fsync: 'off', ...options.settings } })
  servers.push(server)
  return server
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows as Record<string, unknown>[]
  } finally {
    await client.end()
  }
}

const show = async (url: string, name: string) =>
  (await query(url, `select current_setting('${name}') as value`))[0]?.value

test('the first start makes a UTF-8 cluster with checksums, SCRAM, our settings and the database, reachable by socket alone', async () => {
  const url = (await start({ settings: { work_mem: '3MB' } })).url()
  const expected = {
    server_encoding: 'UTF8',
    data_checksums: 'on',
    listen_addresses: '',
    ssl: 'off',
    jit: 'off',
    max_connections: '120',
    shared_buffers: '128MB',
    synchronous_commit: 'on',
    work_mem: '3MB',
    TimeZone: 'UTC',
    idle_in_transaction_session_timeout: '1min',
  }
  for (const [name, value] of Object.entries(expected)) expect([name, await show(url, name)]).toEqual([name, value])
  const [database] = await query(
    url,
    'select datname, datlocprovider, datlocale from pg_database where datname = current_database()',
  )
  expect(database).toEqual({ datname: 'jasaweb', datlocprovider: 'b', datlocale: 'C.UTF-8' })
  const rules = await query(url, 'select distinct auth_method from pg_hba_file_rules')
  expect(rules).toEqual([{ auth_method: 'scram-sha-256' }])
})

test('the password is random, in a file of mode 0600, asked for, and in no log; no statement is logged either', async () => {
  const url = (await start()).url()
  const file = join(dataDir, 'password')
  const password = readFileSync(file, 'utf8')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(password).toMatch(/^[\w-]{32}$/)
  await expect(query(url.replace(password, 'guess'), 'select 1')).rejects.toThrow('password authentication failed')
  await expect(query(url, `select 'confidential'::int`)).rejects.toThrow('confidential')
  await query(url, 'create table people (email text unique)')
  await query(url, `insert into people values ('ani@example.com')`)
  await expect(query(url, `insert into people values ('ani@example.com')`)).rejects.toThrow('duplicate key')
  const log = readFileSync(join(dataDir, 'postgres.log'), 'utf8')
  expect(log).toContain('ready to accept connections')
  expect(log).toContain('duplicate key')
  for (const secret of [password, 'insert into', 'ani@example.com']) expect(log).not.toContain(secret)
})

test.skipIf(process.platform !== 'linux')(
  'the server leads a session of its own, as an ordinary account without further groups, without our environment',
  async () => {
    process.env.SECRET_FOR_TEST = 'confidential'
    await start()
    delete process.env.SECRET_FOR_TEST
    const { pid = 0 } = findPostmaster(join(dataDir, 'cluster')) ?? {}
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const [uid = '', groups = ''] = [/^Uid:\s+(\d+)/m, /^Groups:(.*)$/m].map((field) => field.exec(status)?.[1] ?? '')
    expect(uid).toBe(String(isRoot ? serverAccount(join(dataDir, 'cluster'))?.uid : process.getuid?.()))
    expect(uid).not.toBe('0')
    if (isRoot) expect(groups.trim()).toBe('')
    const [, , , session] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
    expect(session).toBe(String(pid))
    expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).not.toContain('confidential')
  },
)

test('what was committed is there after a stop and another start, with the same password', async () => {
  const first = await start()
  await query(first.url(), 'create table notes as select 42 as answer')
  await first.stop()
  await first.stop()
  expect(findPostmaster(join(dataDir, 'cluster'))).toBeNull()
  const second = await start()
  expect(second.url()).toBe(first.url())
  expect(await query(second.url(), 'select answer from notes')).toEqual([{ answer: 42 }])
})

test('a data folder below one that only its owner may enter works', async () => {
  chmodSync(top, 0o700)
  const server = await start()
  expect(await query(server.url(), 'select 1 as one')).toEqual([{ one: 1 }])
  await server.stop()
  const again = await start()
  expect(await query(again.url('postgres'), 'select current_database() as name')).toEqual([{ name: 'postgres' }])
  expect(again.url()).toBe(server.url())
})

test('a path with spaces, commas and quotes works', async () => {
  dataDir = join(top, `Data, "new" 'n' 100%`)
  expect(await query((await start()).url(), 'select 1 as one')).toEqual([{ one: 1 }])
})

test('a path too long for a socket gets its socket elsewhere, for as long as the server runs', async () => {
  dataDir = join(top, 'x'.repeat(110), 'postgres')
  const server = await start()
  const folder = new URL(server.url()).searchParams.get('host') ?? ''
  expect(folder).not.toContain('xxx')
  expect(await show(server.url(), 'listen_addresses')).toBe('')
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  await server.stop()
  expect(existsSync(folder)).toBe(false)
})

test('without sockets it listens on loopback alone', async () => {
  const url = (await start({ settings: { unix_socket_directories: '' } })).url()
  expect(url).toMatch(/@127\.0\.0\.1:\d+\/jasaweb$/)
  expect([await show(url, 'listen_addresses'), await show(url, 'unix_socket_directories')]).toEqual(['127.0.0.1', ''])
})

test('a setting that PostgreSQL refuses is reported with its words, and nothing stays behind', async () => {
  await expect(start({ settings: { shared_buffers: 'plenty' } })).rejects.toThrow(
    'invalid value for parameter "shared_buffers"',
  )
  expect(findPostmaster(join(dataDir, 'cluster'))).toBeNull()
  expect(await query((await start()).url(), 'select 1 as one')).toEqual([{ one: 1 }])
})

test('a lost password file is refused with what to do', async () => {
  await (await start()).stop()
  rmSync(join(dataDir, 'password'))
  await expect(start()).rejects.toThrow('restore the file "password"')
})

test.skipIf(!isRoot || !strangerMayReadCode)(
  'in the folder of an ordinary user root runs it as that user, who can go on with it, even after root was killed',
  async () => {
    mkdirSync(dataDir, { recursive: true })
    chownSync(dataDir, STRANGER.uid, STRANGER.gid)
    const asRoot = startApplication(dataDir)
    expect((await asRoot.next()).failed).toBeUndefined()
    const { pid } = findPostmaster(join(dataDir, 'cluster')) ?? {}
    const beside = startApplication(dataDir, STRANGER)
    expect((await beside.next()).failed).toBeUndefined()
    await beside.stop()
    expect(findPostmaster(join(dataDir, 'cluster'))?.pid).toBe(pid)
    await asRoot.kill()
    const asUser = startApplication(dataDir, STRANGER)
    const { url = '', failed } = await asUser.next()
    expect(failed).toBeUndefined()
    expect(findPostmaster(join(dataDir, 'cluster'))?.pid).toBe(pid)
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }])
    await asUser.stop()
    expect(findPostmaster(join(dataDir, 'cluster'))).toBeNull()
    await (await start()).stop()
    const again = startApplication(dataDir, STRANGER)
    expect((await again.next()).failed).toBeUndefined()
    await again.stop()
  },
)

test.skipIf(!isRoot || !strangerMayReadCode)('the folder of another account is refused with what to do', async () => {
  await (await start()).stop()
  const other = startApplication(dataDir, STRANGER)
  expect((await other.next()).failed).toContain('belongs to another account')
  await other.stop()
})
