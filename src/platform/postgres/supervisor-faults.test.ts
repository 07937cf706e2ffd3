import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startApplication, type Application } from '../../../test/support/postgres-application.ts'
import { removeAbandoned } from '../../../test/support/postgres.ts'
import { serverAccount } from './account.ts'
import { findPackage, prepareBinaries } from './binaries.ts'
import { findPostmaster, isNamedPostgres, isPostmaster } from './postmaster.ts'
import { startPostgres, stopAbandonedPostgres, type PostgresServer } from './supervisor.ts'

let dataDir: string
let applications: Application[]
let server: PostgresServer | undefined
beforeEach(() => {
  dataDir = realpathSync(mkdtempSync(join(tmpdir(), 'supervisor-faults-')))
  applications = []
  server = undefined
})
afterEach(async () => {
  for (const application of applications) await application.kill()
  await server?.stop()
  await stopAbandonedPostgres(dataDir)
  rmSync(dataDir, { recursive: true, force: true })
})

const cluster = () => join(dataDir, 'cluster')
const running = () => findPostmaster(cluster())?.pid ?? 0
function application(): Application {
  const started = startApplication(dataDir)
  applications.push(started)
  return started
}
async function start(onUnexpectedExit: (reason: string) => void = () => {}, settings = {}): Promise<PostgresServer> {
  server = await startPostgres({ dataDir, settings: { fsync: 'off', ...settings }, onUnexpectedExit })
  return server
}
/** A pool as the application has one, which survives the loss of its connections. */
function openPool(url: string) {
  const pool = new pg.Pool({ connectionString: url, max: 2 })
  pool.on('error', () => {})
  return pool
}
/** Waits for a condition as long as a busy machine may need. */
const eventually = <T>(condition: () => T | Promise<T>) => vi.waitFor(condition, { timeout: 20_000, interval: 2 })
const answers = async (pool: pg.Pool) => expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])

test('ten processes that start at once share one server; the last to stop stops it', async () => {
  const ten = Array.from({ length: 10 }, application)
  const said = await Promise.all(ten.map((one) => one.next()))
  expect(new Set(said.map(({ url }) => url)).size).toBe(1)
  expect(said[0]?.url).toContain('jasaweb')
  const pid = running()
  const last = ten.pop() as Application
  await Promise.all(ten.map((one, index) => (index % 3 === 0 ? one.kill() : one.stop())))
  expect(running()).toBe(pid)
  await last.stop()
  expect(isPostmaster(pid, cluster())).toBe(false)
  expect(readdirSync(join(dataDir, 'users'))).toEqual([])
})

test('processes that start and stop at random always find a server, and leave none', async () => {
  const lives = Array.from({ length: 8 }, async (_, index) => {
    for (let life = 0; life < 3; life += 1) {
      const one = application()
      const { url = '' } = await one.next()
      const pool = openPool(url)
      await answers(pool)
      await pool.end()
      await (index % 4 === 3 ? one.kill() : one.stop())
    }
  })
  await Promise.all(lives)
  await (await start()).stop()
  expect(running()).toBe(0)
})

test('the server of an application killed with SIGKILL lives on, is adopted, and stopped by its adopter', async () => {
  const killed = application()
  const { url } = await killed.next()
  const pid = running()
  await killed.kill()
  expect(running()).toBe(pid)
  expect([isNamedPostgres(pid), isNamedPostgres(process.pid)]).toEqual([true, false])
  const adopter = await start()
  expect([running(), adopter.url()]).toEqual([pid, url])
  await adopter.stop()
  expect(isPostmaster(pid, cluster())).toBe(false)
})

test("a terminal's Ctrl-C, which goes to the whole process group, ends the application but not the server others use", async () => {
  const one = application()
  await one.next()
  const other = application()
  const { url = '' } = await other.next()
  const pid = running()
  process.kill(-(one.child.pid as number), 'SIGINT')
  expect(await one.next()).toEqual({ stopped: true })
  const pool = openPool(url)
  await answers(pool)
  expect(running()).toBe(pid)
  await pool.end()
  process.kill(-(other.child.pid as number), 'SIGINT')
  expect(await other.next()).toEqual({ stopped: true })
  expect(running()).toBe(0)
  expect(readFileSync(join(dataDir, 'postgres.log'), 'utf8')).toContain('database system is shut down')
})

const POINTS: [string, () => boolean][] = [
  ['within initdb', () => readdirSync(dataDir).some((name) => name.startsWith('cluster.draft-'))],
  ['after initdb', () => existsSync(cluster())],
  ['while the server starts', () => existsSync(join(cluster(), 'postmaster.pid'))],
  ['when the server has just started', () => findPostmaster(cluster())?.ready === true],
]
test.each(POINTS)('a first start killed %s is made good by the next', async (_, reached) => {
  const killed = application()
  await eventually(() => expect(reached()).toBe(true))
  await killed.kill()
  const next = await start()
  const pool = openPool(next.url())
  await answers(pool)
  await pool.end()
  await next.stop()
  await (await start()).stop()
  expect(readdirSync(dataDir).filter((name) => name.startsWith('cluster.'))).toEqual([])
})

test('a server killed with SIGKILL is reported and runs again at the same address; the pool reconnects by itself', async () => {
  const reasons: string[] = []
  const { url } = await start((reason) => reasons.push(reason))
  const pool = openPool(url())
  await answers(pool)
  const pid = running()
  process.kill(pid, 'SIGKILL')
  await eventually(() => expect(reasons).toEqual([`PostgreSQL (process ${pid}) was killed by SIGKILL`]))
  await eventually(() => answers(pool))
  expect([0, pid]).not.toContain(running())
  await pool.end()
})

test('a server on loopback keeps its port when it is revived', async () => {
  const reasons: string[] = []
  const { url } = await start((reason) => reasons.push(reason), { unix_socket_directories: '' })
  const before = url()
  process.kill(running(), 'SIGKILL')
  await eventually(() => expect(reasons).toHaveLength(1))
  const pool = openPool(before)
  await eventually(() => answers(pool))
  expect(url()).toBe(before)
  await pool.end()
})

test('an adopted server is watched too: each of those who share it is told, and one new server serves them all', async () => {
  const parent = application()
  await parent.next()
  const sharer = application()
  await sharer.next()
  await parent.kill()
  const reasons: string[] = []
  const { url } = await start((reason) => reasons.push(reason))
  const pid = running()
  process.kill(pid, 'SIGKILL')
  expect((await sharer.next()).lost).toContain(`process ${pid}`)
  const pool = openPool(url())
  await eventually(() => answers(pool))
  await eventually(() => expect(reasons).toHaveLength(1))
  await pool.end()
  await sharer.stop()
  expect(running()).toBeGreaterThan(0)
})

test('a server and an application both killed amid a long query: the next start recovers what was committed', async () => {
  const one = application()
  const { url = '' } = await one.next()
  const pool = openPool(url)
  await pool.query('create table kept as select 7 as seven')
  const busy = pool.query('select count(*) from generate_series(1, 1e12::bigint)').catch(() => {})
  await eventually(async () => {
    const { rows } = await pool.query(
      "select 1 from pg_stat_activity where query like '%1e12%' and state = 'active' and pid <> pg_backend_pid()",
    )
    expect(rows).toHaveLength(1)
  })
  await one.kill()
  process.kill(running(), 'SIGKILL')
  await eventually(() => expect(running()).toBe(0))
  const again = openPool((await start()).url())
  expect((await again.query('select seven from kept')).rows).toEqual([{ seven: 7 }])
  await busy
  await Promise.all([again.end(), pool.end()])
})

test('a pid file left by a crash is survived when its pid belongs to another living process of the same account', async () => {
  await (await start()).stop()
  const stranger = spawn('sleep', ['60'], { stdio: 'ignore', ...serverAccount(cluster()) })
  await once(stranger, 'spawn')
  const socket = join(cluster(), '.s.PGSQL.5432')
  writeFileSync(
    join(cluster(), 'postmaster.pid'),
    `${stranger.pid}\n${cluster()}\n1750000000\n5432\n${cluster()}\n\n  1  1\nready   \n`,
  )
  writeFileSync(`${socket}.lock`, `${stranger.pid}\n${cluster()}\n1750000000\n5432\n${cluster()}\n`)
  const pool = openPool((await start()).url())
  await answers(pool)
  expect(running()).not.toBe(stranger.pid)
  await pool.end()
  stranger.kill()
})

test('an empty pid file, as a crash of the machine may leave it, is survived', async () => {
  await (await start()).stop()
  writeFileSync(join(cluster(), 'postmaster.pid'), '')
  const { url } = await start()
  expect(url()).toContain('jasaweb')
  expect(running()).toBeGreaterThan(0)
})

test('a server that a killed application has only just launched is adopted, or loses to ours; either way one serves', async () => {
  await (await start()).stop()
  const { postgres } = prepareBinaries(findPackage(), serverAccount(cluster()))
  for (let round = 0; round < 5; round += 1) {
    const sockets = `unix_socket_directories=${cluster()}`
    const launched = spawn(postgres, ['-D', cluster(), '-c', 'listen_addresses=', '-c', sockets], {
      stdio: 'ignore',
      ...serverAccount(cluster()),
    })
    const ended = once(launched, 'exit')
    const { url, stop } = await start()
    if (running() !== launched.pid) await ended
    const pool = openPool(url())
    await answers(pool)
    await pool.end()
    await stop()
    await ended
    expect(running()).toBe(0)
  }
})

test('a server that answers although its process cannot be seen is not given a rival', async () => {
  await (await start()).stop()
  const elsewhere = createServer()
  await new Promise<void>((done) => elsewhere.listen(join(cluster(), '.s.PGSQL.5432'), done))
  writeFileSync(
    join(cluster(), 'postmaster.pid'),
    `999999999\n${cluster()}\n1750000000\n5432\n${cluster()}\n\n  1  1\nready   \n`,
  )
  await expect(start()).rejects.toThrow('Another container')
  elsewhere.close()
})

test('what a crashed test run left is stopped and removed; what a living one uses is not', async () => {
  const parent = join(dataDir, 'runs')
  const crashed = startApplication(join(parent, 'jasaweb-test-crashed', 'pg'))
  const living = startApplication(join(parent, 'jasaweb-test-living', 'pg'))
  applications.push(crashed, living)
  await Promise.all([crashed.next(), living.next()])
  const pid = findPostmaster(join(parent, 'jasaweb-test-crashed', 'pg', 'cluster'))?.pid ?? 0
  await crashed.kill()
  await removeAbandoned(parent)
  expect(existsSync(`/proc/${pid}`) && readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') S')).toBe(false)
  expect(readdirSync(parent)).toEqual(['jasaweb-test-living'])
  await living.stop()
})
