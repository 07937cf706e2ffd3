// PostgreSQL is killed again and again while customers order and pay. The application says honestly that it cannot answer
// just now, recovers without anybody's help, and keeps what it acknowledged. FAULT_SEED=<seed> repeats a run's choices.
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFailed, test, vi } from 'vitest'
import { chance, seededRandom } from '../../src/commands/demo/random.ts'
import { findPostmaster } from '../../src/platform/postgres/postmaster.ts'
import { startPostgres } from '../../src/platform/postgres/supervisor.ts'
import { dataFolder, startApplication } from '../support/application.ts'
import { expectRightBooks } from './aftermath.ts'
import { openMarket } from './customers.ts'

const KILLS = 6

test(
  'a PostgreSQL killed at random moments makes the application wait, not lie, and loses nothing',
  { timeout: 240_000 },
  async () => {
    const seed = Number(process.env.FAULT_SEED ?? Date.now() % 2 ** 32)
    console.log(`FAULT_SEED=${seed}`)
    const random = chance(seededRandom(seed))
    const folder = dataFolder('database-killed')
    const cluster = `${folder.path}/postgres/cluster`
    const application = await startApplication({ dataDir: folder.path })
    onTestFailed(() => console.error(application.output().slice(-4_000)))
    const market = openMarket(application.url, 6, chance(seededRandom(seed + 1)))
    try {
      for (let kill = 0; kill < KILLS; kill++) {
        const enough = market.answers() + random.whole(20, 80)
        const successes = market.statuses.get(201) ?? 0
        await vi.waitFor(() => expect(market.answers()).toBeGreaterThan(enough), { timeout: 60_000, interval: 1 })
        await vi.waitFor(() => expect(market.statuses.get(201)).toBeGreaterThan(successes), {
          timeout: 60_000,
          interval: 1,
        })
        await sleep(random.whole(0, 40))
        const { pid = 0 } = findPostmaster(cluster) ?? {}
        expect(pid).toBeGreaterThan(1)
        process.kill(pid, 'SIGKILL')
        await vi.waitFor(() => expect(findPostmaster(cluster)?.pid ?? pid).not.toBe(pid), {
          timeout: 60_000,
          interval: 5,
        })
      }
      await market.close()
      expect([...market.oddities]).toEqual([])
      // The application itself was always there to answer, and had to say no at least once.
      expect([application.isRunning(), market.unanswered()]).toEqual([true, 0])
      expect(market.statuses.get(503)).toBeGreaterThan(0)
      await vi.waitFor(async () => expect((await fetch(`${application.url}/health/ready`)).status).toBe(200), {
        timeout: 30_000,
        interval: 50,
      })
      expect(await application.stop()).toEqual({ code: 0, signal: null })

      const server = await startPostgres({ dataDir: `${folder.path}/postgres` })
      try {
        await expectRightBooks(
          { databaseUrl: server.url(), dataDir: folder.path, port: application.port },
          market.acknowledged,
        )
      } finally {
        await server.stop()
      }
    } finally {
      await application.kill()
      await folder.remove()
    }
  },
)
