import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createEmptyDatabase } from '../../../test/support/database.ts'
import { readConfig } from '../../config.ts'
import { migrate } from '../../platform/migrate.ts'
import { migrations } from '../database.ts'
import { logFor } from '../log.ts'
import { prepareDemo, pretended, refuseForeign } from './prepare.ts'

let database: Awaited<ReturnType<typeof createEmptyDatabase>>
let dataDir: string
let client: pg.Client
beforeEach(async () => {
  database = await createEmptyDatabase()
  dataDir = await mkdtemp(join(tmpdir(), 'jasaweb-demo-'))
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
})
afterEach(async () => {
  await client.end()
  await database.drop()
  await rm(dataDir, { recursive: true, force: true })
})
const config = () => pretended(readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' }))
const count = async (table: string) => Number((await client.query(`select count(*) as n from ${table}`)).rows[0].n)
const never = new AbortController().signal

it('reaches nobody outside, whatever is configured', () => {
  const key = 'SB-Mid-server-real'
  const real = readConfig({
    DATA_DIR: dataDir,
    SMTP_URL: 'smtp://mail.example',
    PAYMENT_PROVIDER: 'midtrans',
    MIDTRANS_SERVER_KEY: key,
  })
  const config = pretended(real)
  expect(config).toMatchObject({ PAYMENT_PROVIDER: 'sandbox', DATA_DIR: join(dataDir, 'demo') })
  expect([config.SMTP_URL, config.MIDTRANS_SERVER_KEY]).toEqual([undefined, undefined])
})

it('refuses a database with anything in it, and takes an empty one', async () => {
  await expect(refuseForeign(database.url)).resolves.toBeUndefined()
  await client.query('create table customers (id int)')
  await expect(refuseForeign(database.url)).rejects.toThrow('name an empty database')
})

it(
  'makes the year once, also after an interruption, and finds it at every later start',
  { timeout: 180_000 },
  async () => {
    vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    await migrate({ url: database.url, folder: migrations, log: logFor(config()) })
    const stopping = new AbortController()
    const interrupted = prepareDemo(config(), database.url, stopping.signal).catch((error: unknown) => error)
    await vi.waitFor(async () => expect(await count('projects')).toBeGreaterThan(2), { timeout: 60_000, interval: 20 })
    await expect(prepareDemo(config(), database.url, never)).rejects.toThrow('Another process')
    stopping.abort()
    expect(await interrupted).toMatchObject({ name: 'AbortError' })
    await expect(refuseForeign(database.url)).rejects.toThrow('not empty')

    const made = await prepareDemo(config(), database.url, never)
    expect([await count('projects'), await count('users')]).toEqual([75, 41])
    expect(made.accounts).toHaveLength(3)
    for (const { password } of made.accounts) expect(password).toMatch(/^\d{4}(-\d{4}){3}$/)
    expect(await prepareDemo(config(), database.url, never)).toEqual(made)
    expect(await count('projects')).toBe(75)
    await expect(refuseForeign(database.url)).resolves.toBeUndefined()
  },
)
