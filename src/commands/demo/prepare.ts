// Sees to it that a database holds the demo's year, whole: made at the first start, begun anew when that was interrupted,
// found at every other. What marks a finished year is a setting of the database that is written last.
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import pg from 'pg'
import type { Config } from '../../config.ts'
import { migrate } from '../../platform/migrate.ts'
import { migrations } from '../database.ts'
import { logFor } from '../log.ts'
import { OperatorError } from '../operator-error.ts'
import { step } from '../progress.ts'
import { clients } from './people.ts'
import { SHOWN } from './recent.ts'
import { makeYear } from './year.ts'

export interface Demo {
  /** With the password as it was made; null for the one of OWNER_PASSWORD, which is not written down. */
  accounts: { email: string; password: string | null; who: string }[]
}

const SETTING = 'demo'
/** Held while the year is being made, so that only one process does. */
const LOCK = 'pg_try_advisory_lock(1247215615, 77)'
const OWNER_EMAIL = 'pemilik@jasaweb.example'
const SEED = 20_260_117

/** The configuration without anything that reaches the outside world, in a folder of its own. */
export function pretended(config: Config): Config {
  const { SMTP_URL: _mail, MIDTRANS_SERVER_KEY: _key, ...rest } = config
  return {
    ...rest,
    SMTP_URL: undefined,
    MIDTRANS_SERVER_KEY: undefined,
    PAYMENT_PROVIDER: 'sandbox',
    DATA_DIR: join(config.DATA_DIR, 'demo'),
  }
}

/** Throws a sentence for the operator when the database holds anything but a finished demo. */
export async function refuseForeign(databaseUrl: string): Promise<void> {
  const isFree = await connected(
    databaseUrl,
    async (client) => (await isEmpty(client)) || (await finished(client)) !== null,
  )
  if (!isFree) {
    throw new OperatorError(
      'The database of DATABASE_URL is not empty, and the demo never mixes its invented data with yours: name an empty database, or leave DATABASE_URL out to use the embedded one.',
    )
  }
}

/** On a migrated database that holds nothing but a demo, or a part of one. */
export async function prepareDemo(config: Config, databaseUrl: string, stopped: AbortSignal): Promise<Demo> {
  return connected(databaseUrl, async (client) => {
    const { rows } = await client.query<{ mine: boolean }>(`select ${LOCK} as mine`)
    const made = await finished(client)
    if (made) return made
    if (!rows[0]?.mine)
      throw new OperatorError('Another process is making the data of the demo just now: wait for it, or stop it.')
    const log = logFor(config)
    if (await hasUsers(client))
      await step('Clearing away an unfinished demo', () => beginAnew(client, databaseUrl, config))
    const email = config.OWNER_EMAIL ?? OWNER_EMAIL
    const password = newPassword()
    const owned = { ...config, OWNER_EMAIL: email, OWNER_PASSWORD: config.OWNER_PASSWORD ?? password }
    await step('Making a year of business', (progress) =>
      makeYear({ config: owned, databaseUrl, end: new Date(), seed: SEED, password, log, stopped, progress }),
    )
    const owner = { email, password: config.OWNER_PASSWORD ? null : password, who: 'the agency, with its console' }
    const demo = { accounts: [owner, ...shownClients(password)] }
    await client.query(`insert into settings (key, value) values ($1, $2)`, [SETTING, JSON.stringify(demo)])
    return demo
  })
}

const shownClients = (password: string) =>
  clients
    .filter(({ organisation }) => SHOWN.includes(organisation))
    .map(({ email, organisation, locale }) => ({
      email,
      password,
      who: `a client, ${organisation}${locale === 'en' ? ' (in English)' : ''}`,
    }))

// Random, because the demo may be open to a network, but easy to type.
const newPassword = () => Array.from({ length: 4 }, () => String(randomInt(1_000, 10_000))).join('-')

async function connected<T>(databaseUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}

async function isEmpty(client: pg.Client): Promise<boolean> {
  const { rowCount } = await client.query(`select from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_toast%' limit 1`)
  return rowCount === 0
}

async function finished(client: pg.Client): Promise<Demo | null> {
  const { rows } = await client.query<{ there: boolean }>(`select to_regclass('settings') is not null as there`)
  if (!rows[0]?.there) return null
  const found = await client.query<{ value: Demo }>('select value from settings where key = $1', [SETTING])
  return found.rows[0]?.value ?? null
}

const hasUsers = async (client: pg.Client) => (await client.query('select from users limit 1')).rowCount === 1

/** Only ever reached for the demo's own database: any other was refused before it was migrated. */
async function beginAnew(client: pg.Client, databaseUrl: string, config: Config): Promise<void> {
  await client.query('drop schema public cascade; create schema public')
  await migrate({ url: databaseUrl, folder: migrations, log: logFor(config) })
}
