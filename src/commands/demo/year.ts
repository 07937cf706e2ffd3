// Makes the year: the real application on a clock that is put ahead from scene to scene, with nothing written but through
// operations, the payment provider's interface over HTTP, and the readers of the log.
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { buildApp } from '../../app.ts'
import type { Config } from '../../config.ts'
import type { Logger } from '../../platform/log.ts'
import { createAgency } from './agency.ts'
import { StoryClock } from './clock.ts'
import { chance, seededRandom } from './random.ts'
import { tellStory } from './story.ts'

export interface YearOptions {
  config: Config & { OWNER_EMAIL: string; OWNER_PASSWORD: string }
  databaseUrl: string
  /** The moment at which the year ends. */
  end: Date
  /** The same seed tells the same story. */
  seed: number
  /** The password of every client. */
  password: string
  log: Logger
  /** Told after each scene which share (0 to 1) of them has been played. */
  progress?: (share: number) => void
  /** Ends the work between two scenes; what is there then is no year. */
  stopped?: AbortSignal
}

/** On a migrated, empty database. Rejects when a step fails or `stopped` is aborted. */
export async function makeYear({
  config,
  databaseUrl,
  end,
  seed,
  password,
  log,
  progress,
  stopped,
}: YearOptions): Promise<void> {
  const random = seededRandom(seed)
  const dice = chance(random)
  const story = tellStory(end, dice)
  const clock = new StoryClock(story.begins)
  // Its own port: nobody should take the application for ready, or use it, while it lives through the past.
  const own = { ...config, HOST: '127.0.0.1', PORT: await freePort(), RATE_LIMIT_PER_MINUTE: 10_000_000 }
  const app = await buildApp({ config: own, databaseUrl, clock, random, log, pages: null })
  try {
    await app.seed()
    await app.listen()
    const owner = { email: config.OWNER_EMAIL, password: config.OWNER_PASSWORD }
    const agency = createAgency({ app, clock, owner, password, chance: dice })
    await agency.introduce('Dewi Anggraini')
    for (const [index, { at, play }] of story.scenes.entries()) {
      stopped?.throwIfAborted()
      clock.moveTo(at)
      await play(agency)
      await agency.settled()
      progress?.((index + 1) / story.scenes.length)
    }
  } finally {
    await app.stop()
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise<void>((resolve) => server.close(() => resolve()))
  return port
}
