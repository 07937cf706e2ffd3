// A gateway over a log in memory whose every pause is in the hands of a test: reads of the log that do not come back yet,
// sockets that take nothing, a clock that stands still.
import { ManualClock } from '../../../src/platform/clock.ts'
import type { StoredEvent } from '../../../src/platform/events/log.ts'
import { accountOf, sessionOf } from './accounts.ts'
import type { Account } from './accounts.ts'
import type { Agent, Around } from './agents.ts'
import { CentrifugoAgent } from './centrifugo-agent.ts'
import { openGateway } from './gateway.ts'
import type { TestGateway } from './gateway.ts'
import { createMemoryLog } from './log.ts'
import type { MemoryLog } from './log.ts'
import { PlainAgent } from './plain-agent.ts'
import { stall } from './stall.ts'
import type { Stalled } from './stall.ts'

const TOKEN_SECONDS = 300
const PATIENCE_MS = 8_000
/** Enough for several reads one after the other. */
const OVERTAKEN_TURNS = 12

export interface HardWorld {
  agents: Agent[]
  accounts: Account[]
  log: MemoryLog
  clock: ManualClock
  commit(channels: readonly string[], times: number, bytes: number): void
  /** Reads of the log do not come back until `letReads`, and then the newest first: later ones overtake them. */
  holdReads(): void
  letReads(): void
  /** The network of an agent takes nothing until `flow`, but for so many writes with `trickle`. */
  stall(agent: Agent): void
  trickle(agent: Agent, writes: number): void
  flow(agent: Agent): void
  forget(position: number): void
  endSession(account: Account, block: boolean): Promise<void>
  changeRole(account: Account): Promise<void>
  /** Everybody is let through and comes back; then each must have exactly what it is owed. */
  check(): Promise<void>
  close(): Promise<void>
}

export async function openHardWorld(signingKey: string): Promise<HardWorld> {
  const log = createMemoryLog()
  const clock = new ManualClock('2026-11-23T03:00:00.000Z')
  const violations: string[] = []
  const shown: StoredEvent[] = []
  const byPosition = new Map<number, StoredEvent>()
  let forgotten = 0
  const gate = holdable(log)
  // The inboxes stand where nobody has ever been.
  const inboxes = new Map(['rina', 'boss'].map((user) => [user, 103]))
  commit(['user:rina', 'user:boss', 'project:rina', 'system'], 4, 10)
  const at = await openGateway({
    log,
    clock,
    signingKey,
    now: () => 0,
    limits: { connectionsPerUser: 1_000, connectionsPerAddress: 1_000, messagesPerMinute: 1_000_000 },
  })
  for (const [user, position] of inboxes) at.inboxes.set(user, position)
  const around: Around = {
    port: at.port,
    now: () => clock.now().getTime(),
    async ticket(account) {
      const { user, role, generation } = account
      const sid = sessionOf(account)
      const until = Math.floor(clock.now().getTime() / 1000) + TOKEN_SECONDS
      return {
        token: await at.token(user, { role, sid, seconds: TOKEN_SECONDS }),
        csrf: at.csrf(sid),
        role,
        generation,
        until,
      }
    },
    events: () => shown,
    event: (position) => byPosition.get(position),
    end: () => log.events.at(-1)?.position ?? 0,
    forgotten: () => forgotten,
    inbox: (user) => inboxes.get(user) ?? 0,
    violated: (what) => void violations.push(what),
  }
  const [rina, boss] = [accountOf('rina', 'client'), accountOf('boss', 'admin')]
  const agents = [
    new CentrifugoAgent('centrifugo rina', rina, around),
    new PlainAgent('plain rina', rina, around),
    new CentrifugoAgent('centrifugo boss', boss, around),
    new PlainAgent('plain boss', boss, around),
  ]
  const stalled = new Map<string, Stalled>()

  function commit(channels: readonly string[], times: number, bytes: number): void {
    const text = 'x'.repeat(bytes)
    const made = Array.from({ length: times }, (_, n) => ({
      type: 'thing.happened',
      subject: `thing:${n % 3}`,
      data: { text },
      channels: [...channels],
      live: 'project_update' as const,
    }))
    for (const event of log.commit(...made)) {
      shown.push(event)
      byPosition.set(event.position, event)
    }
  }
  const connectionOf = ({ line }: Agent) =>
    [...at.gateway.core.hub.connections].find(({ id }) => line?.id !== undefined && id === line.id)

  /** The effect is the end of everything that was allowed before. */
  async function end(
    account: Account,
    effects: Parameters<TestGateway['effect']>[0][],
    becomes: Partial<Account>,
  ): Promise<void> {
    const old = await around.ticket(account)
    log.wake()
    for (const effect of effects) at.effect(effect)
    account.ends.set(account.generation, around.end())
    Object.assign(account, becomes, { generation: account.generation + 1 })
    for (const agent of agents) if (agent.account === account) agent.rightsChanged()
    // Tokens tell seconds only: those of this one are as old as the change.
    await clock.advance(1_000)
    await expectRefused(at, old.token)
  }
  function lacking(): string | null {
    for (const { reader } of at.gateway.core.hub.connections) {
      const account = reader && [rina, boss].find(({ user }) => user === reader.userId)
      if (!account) continue
      if (reader.sessionId !== sessionOf(account) || reader.role !== account.role)
        return `${reader.userId} is still there as ${reader.role} in ${reader.sessionId}`
    }
    for (const agent of agents) {
      const lack = agent.lack()
      if (lack !== null) return lack
    }
    return null
  }

  return {
    agents,
    accounts: [rina, boss],
    log,
    clock,
    commit,
    ...gate,
    stall(agent) {
      const connection = connectionOf(agent)
      if (connection && !stalled.has(connection.id)) stalled.set(connection.id, stall(connection.transport))
    },
    trickle: ({ line }, writes) => stalled.get(line?.id ?? '')?.take(writes),
    flow({ line }) {
      stalled.get(line?.id ?? '')?.flow()
      stalled.delete(line?.id ?? '')
    },
    forget(position) {
      forgotten = Math.max(forgotten, position)
      log.forget(forgotten)
    },
    async endSession(account, block) {
      const { user: userId } = account
      const sessions = { kind: 'sessions' as const, userId, sessionIds: [sessionOf(account)] }
      const effects = block ? [sessions, { kind: 'blocked' as const, userId }] : [sessions]
      await end(account, effects, { session: account.session + 1 })
    },
    changeRole: (account) =>
      end(account, [{ kind: 'rights', userId: account.user }], { role: account.role === 'admin' ? 'client' : 'admin' }),
    async check() {
      gate.letReads()
      log.wake()
      for (const each of stalled.values()) each.flow()
      stalled.clear()
      for (const agent of agents) agent.connect()
      const began = performance.now()
      for (let lack = lacking(); lack !== null; lack = lacking()) {
        if (violations.length > 0) break
        if (performance.now() - began > PATIENCE_MS) throw new Error(lack)
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
      if (violations.length > 0) throw new Error(violations.slice(0, 3).join('\n'))
    },
    async close() {
      gate.letReads()
      for (const agent of agents) agent.leave()
      at.cutAll()
      await at.close()
    },
  }
}

function holdable(log: MemoryLog): Pick<HardWorld, 'holdReads' | 'letReads'> {
  const { feed } = log.broker
  const missed = feed.missed.bind(feed)
  let holding = false
  const held: (() => void)[] = []
  feed.missed = async (...asked) => {
    const page = await missed(...asked)
    // What was read is as old as it may get.
    if (holding) await new Promise<void>((resolve) => held.push(resolve))
    return page
  }
  return {
    holdReads: () => void (holding = true),
    letReads() {
      holding = false
      const waiting = held.splice(0)
      const one = () => {
        waiting.pop()?.()
        if (waiting.length > 0) void turns(OVERTAKEN_TURNS).then(one)
      }
      one()
    },
  }
}

/** Lets the event loop go round so many times. */
export async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** Nobody gets in with what was issued before. */
async function expectRefused(at: TestGateway, token: string): Promise<void> {
  const answer = await fetch(`${at.url}/connection/sse?token=${token}&csrf=x`)
  await answer.body?.cancel()
  if (answer.status !== 401) throw new Error(`an old token was answered with ${answer.status}`)
}
