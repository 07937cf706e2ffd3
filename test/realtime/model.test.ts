// Every history of connections, commits, slow readers and changing rights ends with each client having exactly what it is owed:
// the committed sequence of its channels, or the word that it cannot be had. REALTIME_SEED repeats the
// histories of a failure, REALTIME_SHRINK=1 looks for a shorter one.
import fc from 'fast-check'
import { beforeAll, test } from 'vitest'
import { newSigningKey } from '../../src/platform/tokens.ts'
import { openHardWorld, turns } from '../support/realtime/hard-world.ts'
import type { HardWorld } from '../support/realtime/hard-world.ts'

const RUNS = Number(process.env.REALTIME_RUNS ?? 110)
/** More than a gateway keeps in memory. */
const BURST = 1_700
const channels = ['project:rina', 'project:rina-2', 'project:budi', 'user:rina', 'user:boss', 'system', 'admin']
const joinable = ['project:rina', 'project:rina-2', 'project:budi', 'user:boss']

type Command = fc.AsyncCommand<object, HardWorld>

/** A command that is a word and its arguments; what it must lead to is checked at the end of the history. */
const command = <T extends unknown[]>(
  name: string,
  run: (world: HardWorld, ...args: T) => unknown,
  ...args: { [K in keyof T]: fc.Arbitrary<T[K]> }
): fc.Arbitrary<Command> =>
  fc.tuple<T>(...args).map((values) => ({
    check: () => true,
    async run(_model, world) {
      await run(world, ...values)
    },
    toString: () => `${name}(${values.map((value) => JSON.stringify(value)).join(', ')})`,
  }))

const agent = fc.nat({ max: 3 })
const channel = fc.constantFrom(...channels)
const some = fc.uniqueArray(channel, { minLength: 1, maxLength: 3 })
const commit = command(
  'commit',
  (world, to: string[], times: number, bytes: number) => world.commit(to, times, bytes),
  some,
  fc.integer({ min: 1, max: 12 }),
  fc.constantFrom(10, 10, 9_000),
)
const burst = command('burst', (world, to: string[]) => world.commit(to, BURST, 10), some)
const connect = command('connect', ({ agents }, who: number) => agents[who]?.connect(), agent)
const leave = command('leave', ({ agents }, who: number) => agents[who]?.leave(), agent)
const cut = command('cut', ({ agents }, who: number) => agents[who]?.cut(), agent)
const want = command(
  'want',
  ({ agents }, who: number, what: string) => agents[who]?.want(what),
  agent,
  fc.constantFrom(...joinable),
)
const drop = command(
  'drop',
  ({ agents }, who: number, what: string) => agents[who]?.drop(what),
  agent,
  fc.constantFrom(...joinable),
)
const refresh = command('refresh', ({ agents }, who: number) => agents[who]?.refresh(), agent)
const pass = command('pass', ({ clock }, seconds: number) => clock.advance(seconds * 1_000), fc.constantFrom(100, 250))
const stall = command('stall', (world, who: number) => world.stall(world.agents[who]!), agent)
const trickle = command(
  'trickle',
  (world, who: number, writes: number) => world.trickle(world.agents[who]!, writes),
  agent,
  fc.integer({ min: 1, max: 4 }),
)
const flow = command('flow', (world, who: number) => world.flow(world.agents[who]!), agent)
const sleep = command('sleep', ({ log }) => log.sleep())
const wake = command('wake', ({ log }) => log.wake())
const holdReads = command('holdReads', (world) => world.holdReads())
const letReads = command('letReads', (world) => world.letReads())
const someTurns = command('turns', (_world, count: number) => turns(count), fc.integer({ min: 1, max: 12 }))
const soon = command(
  'soon',
  (_world, ms: number) => new Promise((resolve) => setTimeout(resolve, ms)),
  fc.integer({ min: 1, max: 6 }),
)
const forget = command(
  'forget',
  (world, part: number) => world.forget(world.log.events[Math.floor(world.log.events.length * part)]?.position ?? 0),
  fc.constantFrom(0.1, 0.5, 0.9),
)
const endSession = command(
  'endSession',
  (world, who: number, block: boolean) => world.endSession(world.accounts[who]!, block),
  fc.nat({ max: 1 }),
  fc.boolean(),
)
const changeRole = command('changeRole', (world) => world.changeRole(world.accounts[1]!))
const check = command('check', (world) => world.check())

// Chance alone would hardly ever come to it: somebody slow catches up from the log, and joins a channel of which it lacks much.
const joinBehind = command(
  'joinBehind',
  async (world, who: number, what: string, pause: number) => {
    const slow = world.agents[who]!
    slow.connect()
    slow.want(what)
    await world.check()
    slow.drop(what)
    await turns(pause)
    world.stall(slow)
    world.commit([`user:${slow.account.user}`], 16, 9_000)
    // More than one answer and memory hold together.
    world.commit([what], 2 * BURST, 10)
    world.holdReads()
    world.flow(slow)
    await turns(pause)
    slow.want(what)
    await turns(pause)
    world.commit([what], 1, 10)
    world.letReads()
  },
  agent,
  fc.constantFrom('project:rina', 'project:rina-2'),
  fc.integer({ min: 1, max: 20 }),
)

const weighted = (weight: number, ...commands: fc.Arbitrary<Command>[]) =>
  commands.flatMap((each) => Array.from({ length: weight }, () => each))
const history = fc.commands(
  [
    ...weighted(12, commit),
    ...weighted(6, connect, want, someTurns, soon),
    ...weighted(4, stall, cut),
    ...weighted(3, flow, trickle, drop, holdReads, letReads),
    ...weighted(2, leave, sleep, wake, burst, check, refresh),
    ...weighted(1, pass, forget, endSession, changeRole, joinBehind),
  ],
  { maxCommands: 80, size: 'max' },
)

let signingKey: string
beforeAll(async () => {
  signingKey = await newSigningKey()
})

test(
  'no history of connections and commits loses, repeats, reorders or gives away a message',
  { timeout: 240_000 },
  async () => {
    const { REALTIME_SEED: seed, REALTIME_SHRINK: shrink } = process.env
    await fc.assert(
      fc.asyncProperty(history, async (commands) => {
        const world = await openHardWorld(signingKey)
        try {
          await fc.asyncModelRun(() => ({ model: {}, real: world }), commands)
          await world.check()
        } finally {
          await world.close()
        }
      }),
      { numRuns: RUNS, ...(seed ? { seed: Number(seed) } : {}), endOnFailure: shrink === undefined },
    )
  },
)
