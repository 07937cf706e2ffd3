// Ten processes that start at once, as ten machines of a cluster may: on one data folder they share one PostgreSQL, and on an
// empty database each thing of a first start is done once.
import { afterEach, beforeEach, expect, test } from 'vitest'
import pg from 'pg'
import { findPostmaster } from '../../src/platform/postgres/postmaster.ts'
import { startPostgres } from '../../src/platform/postgres/supervisor.ts'
import { dataFolder, freePort, OWNER, spawnApplication } from '../support/application.ts'
import type { Starting } from '../support/application.ts'
import { createEmptyDatabase } from '../support/database.ts'

let folder: ReturnType<typeof dataFolder>
let dataDir: string
const started: Starting[] = []
beforeEach(() => {
  folder = dataFolder('ten')
  dataDir = folder.path
})
afterEach(async () => {
  await Promise.all(started.splice(0).map((one) => one.kill()))
  await folder.remove()
})
const postmaster = () => findPostmaster(`${dataDir}/postgres/cluster`)?.pid ?? null

async function urlOf(): Promise<string> {
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

test.each(['the embedded PostgreSQL of an empty folder', 'an empty database of a server'])(
  'ten that start at once on %s become ready, with one owner and one catalogue',
  { timeout: 240_000 },
  async (where) => {
    const empty = where.startsWith('an empty') ? await createEmptyDatabase() : null
    try {
      const ports = await Promise.all(Array.from({ length: 10 }, freePort))
      const ten: Starting[] = await Promise.all(
        ports.map((port) =>
          spawnApplication({
            dataDir,
            port,
            env: { DATABASE_POOL: '6', PUBLIC_URL: 'http://localhost', ...(empty ? { DATABASE_URL: empty.url } : {}) },
          }),
        ),
      )
      started.push(...ten)
      const applications = await Promise.all(ten.map((one) => one.ready()))
      expect(ten.filter((one) => one.output().includes('owner account was created'))).toHaveLength(1)
      // Everyone signs by the same keys: what one issued, another believes.
      const { accessToken } = (await (
        await fetch(`${applications[0]?.url}/api/auth/token`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(OWNER),
        })
      ).json()) as { accessToken: string }
      for (const { url } of applications) {
        const me = await fetch(`${url}/api/auth/me`, { headers: { authorization: `Bearer ${accessToken}` } })
        expect([me.status, await me.json()]).toEqual([
          200,
          { user: expect.objectContaining({ email: OWNER.email }) as unknown },
        ])
      }
      const url = empty?.url ?? (await urlOf())
      const counted = await query<{
        owners: number
        plans: number
        slugs: number
        migrations: boolean
        events: number
      }>(
        url,
        `select
      (select count(*)::int from users) as owners, (select count(*)::int from plans) as plans, (select count(distinct slug)::int from plans) as slugs,
      (select count(*) = count(distinct name) from migrations) as migrations,
      (select count(*)::int from events where type = 'user.registered') as events`,
      )
      expect(counted).toEqual([{ owners: 1, plans: 3, slugs: 3, migrations: true, events: 1 }])
      const endings = await Promise.all(applications.map((one, index) => (index % 2 ? one.stop() : one.interrupt())))
      expect(endings).toEqual(Array.from({ length: 10 }, () => ({ code: 0, signal: null })))
      expect(postmaster()).toBeNull()
    } finally {
      await Promise.all(started.splice(0).map((one) => one.kill()))
      await empty?.drop()
    }
  },
)
