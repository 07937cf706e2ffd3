// The application is killed again and again while customers order and pay, also while it is starting. What was acknowledged
// is there, and every payment is booked once. FAULT_SEED=<seed> repeats the choices of a run.
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFailed, test, vi } from 'vitest'
import { chance, seededRandom } from '../../src/commands/demo/random.ts'
import { startPostgres } from '../../src/platform/postgres/supervisor.ts'
import { dataFolder, spawnApplication, startApplication } from '../support/application.ts'
import { expectRightBooks } from './aftermath.ts'
import { openMarket } from './customers.ts'

const KILLS = 5

test(
  'an application killed at random moments loses no order and books no payment twice',
  { timeout: 240_000 },
  async () => {
    const seed = Number(process.env.FAULT_SEED ?? Date.now() % 2 ** 32)
    console.log(`FAULT_SEED=${seed}`)
    const random = chance(seededRandom(seed))
    const folder = dataFolder('killed')
    let application = await startApplication({ dataDir: folder.path })
    const { url, port } = application
    onTestFailed(() => console.error(application.output().slice(-4_000)))
    const market = openMarket(url, 6, chance(seededRandom(seed + 1)))
    try {
      for (let kill = 0; kill < KILLS; kill++) {
        const enough = market.answers() + random.whole(10, 60)
        await vi.waitFor(() => expect(market.answers()).toBeGreaterThan(enough), { timeout: 60_000, interval: 1 })
        await sleep(random.whole(0, 40))
        expect(await application.kill()).toEqual({ code: null, signal: 'SIGKILL' })
        if (kill % 2 === 1) {
          const starting = await spawnApplication({ dataDir: folder.path, port })
          await sleep(random.whole(0, 1_500))
          await starting.kill()
        }
        application = await startApplication({ dataDir: folder.path, port })
      }
      await market.close()
      expect([...market.oddities]).toEqual([])
      // Else nobody was hit, and nothing is proven.
      expect(market.unanswered()).toBeGreaterThan(0)
      await application.kill()

      const server = await startPostgres({ dataDir: `${folder.path}/postgres` })
      try {
        await expectRightBooks({ databaseUrl: server.url(), dataDir: folder.path, port }, market.acknowledged)
      } finally {
        await server.stop()
      }
    } finally {
      await application.kill()
      await folder.remove()
    }
  },
)
