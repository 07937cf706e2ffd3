// Starting after the worst, and stopping so that nothing is left: no process, no request without an answer.
import { readFileSync, readdirSync, readlinkSync } from 'node:fs'
import { afterEach, expect, test, vi } from 'vitest'
import pg from 'pg'
import { findPostmaster } from '../../src/platform/postgres/postmaster.ts'
import { startPostgres } from '../../src/platform/postgres/supervisor.ts'
import { dataFolder, startApplication } from '../support/application.ts'
import type { Application, ApplicationOptions } from '../support/application.ts'

const folders: ReturnType<typeof dataFolder>[] = []
const started: Pick<Application, 'kill'>[] = []
afterEach(async () => {
  await Promise.all(started.splice(0).map((one) => one.kill()))
  for (const folder of folders.splice(0)) await folder.remove()
})
function folderFor(name: string): string {
  const folder = dataFolder(name)
  folders.push(folder)
  return folder.path
}
async function start(options: ApplicationOptions): Promise<Application> {
  const application = await startApplication(options)
  started.push(application)
  return application
}
const postmaster = (dataDir: string) => findPostmaster(`${dataDir}/postgres/cluster`)?.pid ?? null

interface Person {
  post(path: string, body: object, key?: string): Promise<Response>
}
async function signIn({ url }: { url: string }, how: 'register' | 'login', body: object): Promise<Person> {
  const send = (path: string, content: object, headers: Record<string, string>) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(content),
    })
  const answer = await send(`/api/auth/${how}`, body, {})
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  expect([how, answer.ok, cookie]).toEqual([how, true, expect.stringMatching(/./)])
  return { post: (path, content, key) => send(path, content, { cookie, ...(key ? { 'idempotency-key': key } : {}) }) }
}
const CLIENT = { name: 'Rina', email: 'rina@faults.test', password: 'kopi-tubruk-pagi-hari' }
const order = (person: Person, projectName: string) =>
  person.post('/api/orders', { plan: 'company', projectName }, crypto.randomUUID())

/** Living processes that work in the folder or name it in their command line; Linux only. */
function processesOf(folder: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const zombie = / [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, '').slice(0, 4))
        const words = [
          readlinkSync(`/proc/${pid}/cwd`),
          readFileSync(`/proc/${pid}/cmdline`, 'utf8'),
          readFileSync(`/proc/${pid}/environ`, 'utf8'),
        ]
        return !zombie && words.some((text) => text.includes(folder))
          ? [`${pid} ${words[1]?.replaceAll('\0', ' ')}`]
          : []
      } catch {
        return []
      }
    })
}

test(
  'a PostgreSQL that outlived its killed application is adopted; Ctrl-C ends both and leaves no process',
  { timeout: 120_000 },
  async () => {
    const dataDir = folderFor('adopted')
    const first = await start({ dataDir })
    const client = await signIn(first, 'register', CLIENT)
    expect((await order(client, 'Situs A')).status).toBe(201)
    const server = postmaster(dataDir)
    expect(server).toBeGreaterThan(1)
    await first.kill()
    expect(postmaster(dataDir)).toBe(server)

    const second = await start({ dataDir })
    expect(postmaster(dataDir)).toBe(server)
    expect(
      (await order(await signIn(second, 'login', { email: CLIENT.email, password: CLIENT.password }), 'Situs B'))
        .status,
    ).toBe(201)
    expect(await second.interrupt()).toEqual({ code: 0, signal: null })
    expect(postmaster(dataDir)).toBeNull()
    if (process.platform === 'linux') expect(processesOf(dataDir)).toEqual([])
    expect(readFileSync(`${dataDir}/postgres/postgres.log`, 'utf8')).toContain('database system is shut down')
  },
)

test(
  'after a kill -9 of the application and of PostgreSQL the next start has everything that was acknowledged',
  { timeout: 120_000 },
  async () => {
    const dataDir = folderFor('all-killed')
    const first = await start({ dataDir })
    const client = await signIn(first, 'register', CLIENT)
    for (let number = 1; number <= 5; number++) expect((await order(client, `Situs ${number}`)).status).toBe(201)
    const server = postmaster(dataDir) ?? 0
    expect(server).toBeGreaterThan(1)
    await first.kill()
    process.kill(server, 'SIGKILL')

    const second = await start({ dataDir })
    expect(postmaster(dataDir)).not.toBe(server)
    const token = (await (
      await fetch(`${second.url}/api/auth/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: CLIENT.email, password: CLIENT.password }),
      })
    ).json()) as { accessToken: string }
    const projects = (await (
      await fetch(`${second.url}/api/projects`, { headers: { authorization: `Bearer ${token.accessToken}` } })
    ).json()) as { data: { name: string }[] }
    expect(projects.data.map(({ name }) => name)).toEqual(['Situs 5', 'Situs 4', 'Situs 3', 'Situs 2', 'Situs 1'])
    expect(await second.stop()).toEqual({ code: 0, signal: null })
    expect(postmaster(dataDir)).toBeNull()
  },
)

async function urlOf(dataDir: string): Promise<string> {
  const server = await startPostgres({ dataDir: `${dataDir}/postgres` })
  try {
    return server.url()
  } finally {
    await server.stop()
  }
}
async function query<T extends pg.QueryResultRow>(url: string, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<T>(text)).rows
  } finally {
    await client.end()
  }
}

/** Everybody who orders waits for this connection to let the next invoice number go. */
async function holdNumbers(url: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('begin; lock table invoice_counters in access exclusive mode')
  return {
    waiting: async () =>
      Number(
        (
          await client.query(
            "select count(*) as n from pg_locks where not granted and relation = 'invoice_counters'::regclass",
          )
        ).rows[0].n,
      ),
    release: () => client.end(),
  }
}

test(
  'a stop lets requests that are under way finish and answers each, takes no new ones, and then ends',
  { timeout: 120_000 },
  async () => {
    const dataDir = folderFor('drained')
    const application = await start({ dataDir, env: { DRAIN_SECONDS: '30' } })
    const client = await signIn(application, 'register', CLIENT)
    const held = await holdNumbers(await urlOf(dataDir))
    const orders = Array.from({ length: 6 }, (_, number) => order(client, `Situs ${number}`))
    await vi.waitFor(async () => expect(await held.waiting()).toBe(6), { timeout: 20_000, interval: 10 })
    const ended = application.stop()
    await vi.waitFor(() => expect(fetch(`${application.url}/health/live`)).rejects.toThrow(), {
      timeout: 20_000,
      interval: 20,
    })
    expect(application.isRunning()).toBe(true)
    await held.release()
    const answers = await Promise.all(orders.map(async (one) => (await one).status))
    expect(answers).toEqual([201, 201, 201, 201, 201, 201])
    expect(await ended).toEqual({ code: 0, signal: null })
    expect(postmaster(dataDir)).toBeNull()
  },
)

test(
  'a request that outlives the patience of a stop is cut off, changes nothing, and does not keep the process',
  { timeout: 120_000 },
  async () => {
    const dataDir = folderFor('cut-off')
    const application = await start({ dataDir, env: { DRAIN_SECONDS: '0' } })
    const client = await signIn(application, 'register', CLIENT)
    const url = await urlOf(dataDir)
    const held = await holdNumbers(url)
    const cut = order(client, 'Situs yang lama').then(
      ({ status }) => status,
      () => 'no answer',
    )
    await vi.waitFor(async () => expect(await held.waiting()).toBe(1), { timeout: 20_000, interval: 10 })
    const server = await startPostgres({ dataDir: `${dataDir}/postgres` })
    try {
      const ended = application.stop()
      expect(await cut).toBe('no answer')
      expect((await ended).code).toBe(0)
      await held.release()
      expect(await query(url, 'select count(*)::int as projects from projects')).toEqual([{ projects: 0 }])
    } finally {
      await server.stop()
    }
  },
)
