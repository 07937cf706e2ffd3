// A hundred thousand messages through a network that cuts, stalls, slows and half-closes connections, from gateways that are
// killed and started again, while several writers commit: every subscriber ends with exactly the committed sequence of its
// channels. FAULT_SEED=<seed> repeats the choices of a run.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, onTestFailed, test, vi } from 'vitest'
import { chance, seededRandom } from '../../src/commands/demo/random.ts'
import type { Chance } from '../../src/commands/demo/random.ts'
import { readConfig } from '../../src/config.ts'
import { ownChannels } from '../../src/domains/realtime/channels.ts'
import { AnnouncementPublished } from '../../src/domains/realtime/contract.ts'
import { csrfOf } from '../../src/domains/realtime/csrf.ts'
import { openKeys } from '../../src/keys.ts'
import { systemClock } from '../../src/platform/clock.ts'
import type { Role } from '../../src/platform/contract/operation.ts'
import { openEventLog } from '../../src/platform/events/log.ts'
import type { EventLog } from '../../src/platform/events/log.ts'
import type { Database } from '../../src/platform/database.ts'
import { newId } from '../../src/platform/ids.ts'
import { createTestDatabase, quiet } from '../support/database.ts'
import { buildGatewayBundle, gatewayProcess } from '../support/realtime/gateway-process.ts'
import type { GatewayProcess } from '../support/realtime/gateway-process.ts'
import { createRoughNetwork } from '../support/realtime/rough-network.ts'
import { bare, centrifuge, published } from '../support/realtime/subscribers.ts'
import type { Pass, Subscriber } from '../support/realtime/subscribers.ts'
import { canStartRedis, ownRedis } from '../support/redis.ts'

const EVENTS = 7_200
const MESSAGES = 100_000
const WRITERS = 4
const KILLS = 8
const EXPIRES_IN = 300

beforeAll(() => buildGatewayBundle(), 60_000)

async function openInstallation(env: Record<string, string>) {
  const { url, database, drop } = await createTestDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'jasaweb-live-'))
  const given = {
    DATABASE_URL: url,
    DATA_DIR: folder,
    PUBLIC_URL: 'http://localhost:1',
    REALTIME_CONNECTIONS_PER_USER: '1000',
    REALTIME_CONNECTIONS_PER_ADDRESS: '1000',
    REALTIME_MESSAGES_PER_MINUTE: '1000000',
    ...env,
  }
  const keys = await openKeys(readConfig(given), database, systemClock)
  const events = openEventLog({ database, clock: systemClock, log: quiet })
  events.declare([AnnouncementPublished])
  const gateways = await Promise.all([gatewayProcess(given), gatewayProcess(given)])
  await Promise.all(gateways.map((gateway) => gateway.start()))

  return {
    database,
    events,
    gateways,
    pass(network: string, userId: string, role: Role, others: string[] = []): Pass {
      const sid = newId(systemClock)
      return {
        url: network,
        own: ownChannels({ userId, role }),
        others,
        async ticket() {
          const token = await keys.tokens.issue({ sub: userId, sid }, 'realtime', EXPIRES_IN, { role })
          return { token, csrf: csrfOf(keys.csrfKey, sid), expiresIn: EXPIRES_IN }
        },
      }
    },
    async close() {
      await Promise.all(gateways.map((gateway) => gateway.kill()))
      await events.close()
      await drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

type Installation = Awaited<ReturnType<typeof openInstallation>>

/** Twenty-eight of them, each user with several connections. */
function subscribe({ pass }: Installation, url: string, users: string[], boss: string): Subscriber[] {
  const [first = '', second = ''] = users
  return [
    ...users.flatMap((user) => [
      centrifuge(pass(url, user, 'client')),
      published(pass(url, user, 'client')),
      bare(pass(url, user, 'client')),
    ]),
    centrifuge(pass(url, first, 'client'), 'http_stream'),
    centrifuge(pass(url, second, 'client'), 'http_stream'),
    centrifuge(pass(url, first, 'client'), 'sse'),
    published(pass(url, second, 'client'), 'sse'),
    // The agency reads what it likes.
    centrifuge(pass(url, boss, 'admin', [`user:${first}`, 'role:client'])),
    centrifuge(pass(url, boss, 'admin', [`user:${second}`]), 'sse'),
    published(pass(url, boss, 'admin')),
    bare(pass(url, boss, 'admin')),
  ]
}

/** Several at once, whose transactions overlap and end in any order. */
async function write(
  database: Database,
  events: EventLog,
  users: string[],
  by: Chance,
  wrote: (count: number) => void,
) {
  let left = EVENTS
  const targets = [
    ...Array.from({ length: 6 }, () => ({ kind: 'everybody' as const })),
    { kind: 'role' as const, role: 'client' as const },
    { kind: 'role' as const, role: 'admin' as const },
    ...users.map((userId) => ({ kind: 'user' as const, userId })),
  ]
  const announce = () => {
    const body = 'Kalimat. '.repeat(by.whole(1, by.happens(0.1) ? 400 : 30))
    return AnnouncementPublished.of({
      announcement: {
        id: newId(systemClock),
        target: by.pick(targets),
        title: { id: 'Kabar', en: 'News' },
        body: { id: body, en: 'News' },
        severity: 'info',
        startsAt: new Date().toISOString(),
        endsAt: null,
      },
      readers: [],
    })
  }
  const writer = async () => {
    while (left > 0) {
      const count = Math.min(left, by.whole(1, 8))
      left -= count
      await database.transaction(async (tx) => {
        events.append(tx, ...Array.from({ length: count }, announce))
        await sleep(by.whole(0, 15))
      })
      wrote(count)
      await sleep(by.whole(0, 60))
    }
  }
  await Promise.all(Array.from({ length: WRITERS }, writer))
}

/** Kills one or the other, and now and then both, whenever so much was written. */
async function kill(gateways: GatewayProcess[], by: Chance, written: () => number): Promise<void> {
  const moments = Array.from({ length: KILLS }, () => by.whole(0, EVENTS - 100)).toSorted((a, b) => a - b)
  for (const moment of moments) {
    await vi.waitFor(() => expect(written()).toBeGreaterThanOrEqual(moment), { timeout: 60_000, interval: 5 })
    const struck = by.happens(0.2) ? gateways : [by.pick(gateways)]
    await Promise.all(struck.map((gateway) => gateway.kill()))
    await sleep(by.whole(0, 300))
    await Promise.all(struck.map((gateway) => gateway.start()))
  }
}

async function expectAllTold({ events }: Installation, subscribers: Subscriber[]): Promise<number> {
  const committed = await events.read(0, EVENTS * 2, [AnnouncementPublished.name])
  expect(committed).toHaveLength(EVENTS)
  const owed = subscribers.flatMap(({ kind, told }) =>
    told.map(({ channels, ids }) => ({
      what: `${kind} in ${channels.join(' ')}`,
      ids,
      positions: committed
        .filter((event) => event.channels.some((channel) => channels.includes(channel)))
        .map(({ position }) => position),
    })),
  )
  // What nobody has by then was lost.
  await vi
    .waitFor(
      () => {
        for (const { ids, positions } of owed) expect(ids.at(-1) ?? 0).toBe(positions.at(-1) ?? 0)
      },
      { timeout: 30_000, interval: 50 },
    )
    .catch(() => undefined)
  const wrong = owed.flatMap(({ what, ids, positions }) => {
    const unique = [...new Set(ids)]
    const at = positions.findIndex((position, index) => unique[index] !== position)
    if (at < 0 && unique.length === positions.length) return []
    const missing = positions.filter((position) => !ids.includes(position)).length
    return [`${what}: ${unique.length} of ${positions.length}, ${missing} lost, ${unique[at]} for ${positions[at]}`]
  })
  expect(wrong).toEqual([])
  return owed.reduce((sum, { positions }) => sum + positions.length, 0)
}

async function expectEverythingToArrive(
  env: Record<string, string>,
  meanwhile: (by: Chance, written: () => number) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const seed = Number(process.env.FAULT_SEED ?? Date.now() % 2 ** 32)
  const random = (part: number) => chance(seededRandom(seed + part))
  const installation = await openInstallation(env)
  const { database, events, gateways } = installation
  const network = await createRoughNetwork(
    gateways.map(({ port }) => port),
    random(0),
  )
  const users = Array.from({ length: 7 }, () => newId(systemClock))
  const subscribers = subscribe(installation, network.url, users, newId(systemClock))
  // Of some the network takes nothing from the first message on: everybody else is told all the same.
  const frozen = await createRoughNetwork(
    gateways.map(({ port }) => port),
    random(1),
  )
  const unheard = [
    centrifuge(installation.pass(frozen.url, users[0] ?? '', 'client')),
    published(installation.pass(frozen.url, users[0] ?? '', 'client')),
    bare(installation.pass(frozen.url, users[0] ?? '', 'client')),
  ]
  const everybody = [...subscribers, ...unheard]
  onTestFailed(() => {
    console.error(`FAULT_SEED=${seed}`, network.fates)
    for (const gateway of gateways) console.error(gateway.output().slice(-2_000))
  })
  try {
    await vi.waitFor(() => expect(everybody.filter(({ live }) => !live).map(({ kind }) => kind)).toEqual([]), {
      timeout: 20_000,
      interval: 20,
    })
    frozen.freeze()
    network.roughen()
    let written = 0
    await Promise.all([
      write(database, events, users, random(2), (count) => (written += count)),
      kill(gateways, random(3), () => written),
      meanwhile(random(4), () => written),
    ])
    network.calm()
    const messages = await expectAllTold(installation, subscribers)
    expect(messages).toBeGreaterThanOrEqual(MESSAGES)
    frozen.calm()
    await expectAllTold(installation, unheard)
    expect(everybody.filter(({ gaps }) => gaps > 0).map(({ kind, gaps }) => `${kind}: ${gaps} gaps`)).toEqual([])
    // Else nobody was hit, and nothing is proven.
    for (const fate of ['cut', 'stalled', 'left half open', 'heard no more'])
      expect(network.fates[fate]).toBeGreaterThan(3)
    for (const { connections } of subscribers) expect(connections).toBeGreaterThan(1)
  } finally {
    for (const subscriber of everybody) subscriber.close()
    await network.close()
    await frozen.close()
    await installation.close()
  }
}

test('nothing is lost, repeated or out of order over bad networks and killed gateways', { timeout: 180_000 }, () =>
  expectEverythingToArrive({}),
)

describe.runIf(canStartRedis)('with Redis between the gateways', () => {
  test('nothing is while Redis is killed, too', { timeout: 180_000 }, async () => {
    const redis = await ownRedis()
    await redis.start()
    try {
      await expectEverythingToArrive({ REALTIME_BROKER: 'redis', REDIS_URL: redis.url }, async (by, written) => {
        for (let time = 1; time <= 6; time++) {
          const moment = (EVENTS / 7) * time + by.whole(-200, 200)
          await vi.waitFor(() => expect(written()).toBeGreaterThanOrEqual(moment), { timeout: 60_000, interval: 5 })
          await (time % 2 ? redis.kill() : redis.start())
        }
      })
    } finally {
      await redis.remove()
    }
  })
})
