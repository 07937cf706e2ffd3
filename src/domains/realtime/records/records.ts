// Records of live connections: written in the batches that gateways hand over, and told to the audit trail in the same
// transaction. Needs nothing else of the slice, so that a process that is only a gateway stays small.
import type { Clock } from '../../../platform/clock.ts'
import type { Database } from '../../../platform/database.ts'
import type { EventLog } from '../../../platform/events/log.ts'
import { changesOf, markOf, toldOf } from './batch.ts'
import type { RecordBatch } from './contract.ts'
import { dayOf, dayOfId } from './day.ts'
import * as store from './store.ts'

const SHUTDOWN = { code: 3001, reason: 'shutdown' }

export interface Records {
  /** Writes a batch down; the same batch again changes nothing but the node's figures. */
  record(batch: RecordBatch): Promise<void>
  /** The node stops in order. */
  goodbye(nodeId: string): Promise<void>
  /** Closes the connections of nodes that were silent too long, and forgets them; answers how many connections. */
  closeLost(): Promise<number>
  isAlive(nodeId: string): Promise<boolean>
  /** Who reads a channel, on nodes that live. */
  presentIn(channel: string): Promise<store.Present[]>
}

export function createRecords({
  database,
  events,
  clock,
}: {
  database: Database
  events: Pick<EventLog, 'append'>
  clock: Clock
}): Records {
  const { db } = database
  /** Days whose tables are there. */
  const ready = new Set<string>()
  /** When each node's latest sign of life was first seen, by this process' own clock: the clocks of two machines differ. */
  let seen = new Map<string, { heartbeat: number; at: number }>()

  /** The worker makes tables ahead of time; whoever is quicker, or runs where no worker does, makes their own. */
  async function openDays({ opened, deliveries }: RecordBatch): Promise<void> {
    const days = new Set([...opened.map(({ id }) => dayOfId(id)), ...deliveries.map(({ at }) => dayOf(at))])
    for (const day of days) {
      if (ready.has(day)) continue
      await store.openDays(db, day, 1)
      ready.add(day)
    }
  }

  const write = (batch: RecordBatch) =>
    database.transaction(async (tx) => {
      const { node, deliveries } = batch
      const changes = changesOf(batch)
      const now = clock.now()
      if (!(await store.saveNode(tx, batch, { mark: markOf(batch), now }))) return
      await store.addConnections(tx, node.id, changes)
      await store.changeConnections(tx, now, changes)
      if (deliveries.length > 0) await store.addDeliveries(tx, node.id, deliveries)
      events.append(tx, ...toldOf(node, batch))
    })

  const forget = (node: string, heartbeat: Date | null, close: { code: number; reason: string }) =>
    database.transaction(async (tx) => {
      const dropped = await store.dropNode(tx, node, heartbeat)
      if (!dropped && heartbeat) return 0
      const at = clock.now()
      const ended = await store.closeOf(tx, node, at, close)
      const closed = ended.map((connection) => ({ ...connection, at, ...close }))
      events.append(tx, ...toldOf({ id: node, name: dropped?.name ?? 'unknown' }, { closed }))
      return ended.length
    })

  return {
    async record(batch) {
      await openDays(batch)
      try {
        await write(batch)
      } catch (error) {
        if (!isWithoutTable(error)) throw error
        // A table that was ready once was dropped since: it comes back for what comes so late.
        ready.clear()
        await openDays(batch)
        await write(batch)
      }
    },
    goodbye: async (nodeId) => void (await forget(nodeId, null, SHUTDOWN)),
    async closeLost() {
      const now = clock.now().getTime()
      const known = await store.nodes(db)
      const looked = new Map<string, { heartbeat: number; at: number }>()
      let closed = 0
      for (const { id, heartbeat } of known) {
        const before = seen.get(id)
        const still = before?.heartbeat === heartbeat.getTime()
        const look = still ? before : { heartbeat: heartbeat.getTime(), at: now }
        if (now - look.at >= store.NODE_LIFE_SECONDS * 1000) closed += await forget(id, heartbeat, store.LOST)
        else looked.set(id, look)
      }
      seen = looked
      for (const node of await store.orphaned(db)) closed += await forget(node, null, store.LOST)
      return closed
    },
    isAlive: (nodeId) => store.isAlive(db, nodeId, clock.now()),
    presentIn: (channel) => store.presentIn(db, channel, clock.now()),
  }
}

/** Whether there was no partition for a row. */
const isWithoutTable = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === '23514'
