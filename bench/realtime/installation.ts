// An installation to measure: a PostgreSQL of its own with the settings of production (every commit waits for the disk), its
// keys, so that people can be made up together with their tokens, and a writer of events beside the gateway.
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { readConfig } from '../../src/config.ts'
import { csrfOf } from '../../src/domains/realtime/csrf.ts'
import { openKeys } from '../../src/keys.ts'
import { systemClock } from '../../src/platform/clock.ts'
import type { Role } from '../../src/platform/contract/operation.ts'
import { openDatabase } from '../../src/platform/database.ts'
import { openEventLog } from '../../src/platform/events/log.ts'
import { newId } from '../../src/platform/ids.ts'
import { migrate } from '../../src/platform/migrate.ts'
import { startPostgres } from '../../src/platform/postgres/supervisor.ts'
import { eventFor } from './messages.ts'
import type { Visitor } from './receiver-contract.ts'
import { now } from './usage.ts'

const TOKEN_SECONDS = 3_600

export interface Published {
  /** Times just before COMMIT was sent, and when its answer was there; see `now`. */
  committing: number
  committed: number
}
export type Publish = (data: { n: number }[]) => Promise<Published>
export type Installation = Awaited<ReturnType<typeof openInstallation>>

export async function openInstallation() {
  const folder = await mkdtemp(join(tmpdir(), 'jasaweb-bench-'))
  const server = await startPostgres({ dataDir: join(folder, 'postgres') })
  const quiet = pino({ level: 'silent' })
  const url = server.url()
  await migrate({ url, folder: new URL('../../src/migrations/', import.meta.url), log: quiet })
  /** What a gateway of this installation is configured with. */
  const environment = {
    DATABASE_URL: url,
    DATA_DIR: folder,
    MASTER_KEY: randomBytes(32).toString('base64'),
    PUBLIC_URL: 'http://localhost:3000',
  }
  const database = openDatabase({ url, log: quiet })
  const log = openEventLog({ database, clock: systemClock, log: quiet })
  const keys = await openKeys(readConfig(environment), database, systemClock)
  let types = 0

  /** Somebody new, who also subscribes to some channels; tokens of the installation say that they may. */
  async function visitor(channels: readonly string[] = [], role: Role = 'client'): Promise<Visitor> {
    const [sub, sid] = [newId(), newId()]
    const token = await keys.tokens.issue({ sub, sid }, 'realtime', TOKEN_SECONDS, { role })
    return {
      token,
      csrf: csrfOf(keys.csrfKey, sid),
      channels: await Promise.all(
        channels.map(async (channel) => ({
          channel,
          token: await keys.tokens.issue({ sub, sid }, 'realtime', TOKEN_SECONDS, { channel }),
        })),
      ),
    }
  }

  /** Publishes to a channel, all of a call in one transaction. */
  function publisher(channel: string): Publish {
    const type = eventFor(String(types++), channel)
    log.declare([type])
    return async (data) => {
      let committing = 0
      await database.transaction(async (tx) => {
        log.append(tx, ...data.map((each) => type.of(each)))
        database.beforeCommit(tx, async () => void (committing = now()))
      })
      return { committing, committed: now() }
    }
  }

  return {
    environment,
    visitor,
    visitors: (count: number, channelsOf: (index: number) => string[] = () => [], role?: Role): Promise<Visitor[]> =>
      Promise.all(Array.from({ length: count }, (_, index) => visitor(channelsOf(index), role))),
    /** Somebody new with a project, to whose channel they subscribe by right of owning it. */
    async owners(count: number): Promise<Visitor[]> {
      const made = await Promise.all(Array.from({ length: count }, async () => ({ id: newId(), who: await visitor() })))
      await addProjects(
        database,
        made.map(({ id, who }) => ({ id, clientId: subjectOf(who.token) })),
      )
      return made.map(({ id, who }) => ({ ...who, channels: [{ channel: `project:${id}` }] }))
    },
    channel: () => `project:${newId()}`,
    publisher,
    position: () => log.horizon(),
    epoch: () => log.epoch(),
    async close() {
      await log.close()
      await database.close()
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const subjectOf = (token: string) =>
  (JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { sub: string }).sub

/** Projects whose clients, plans and invoices nobody will ask for, so they need not exist. */
async function addProjects(
  { pool }: Pick<ReturnType<typeof openDatabase>, 'pool'>,
  projects: { id: string; clientId: string }[],
): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query(`set session_replication_role = replica`)
    await client.query(
      `insert into projects (id, client_id, name, plan_id, plan_slug, plan_name, status, invoice_id, support_days, created_at, updated_at)
       select p.id, p.client, 'Bench', p.id, 'company', '{}', 'in_progress', p.id, 30, now(), now()
       from unnest($1::uuid[], $2::uuid[]) as p (id, client)`,
      [projects.map(({ id }) => id), projects.map(({ clientId }) => clientId)],
    )
  } finally {
    await client.query(`reset session_replication_role`)
    client.release()
  }
}
