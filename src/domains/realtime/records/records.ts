// Records of live connections: written in the batches that gateways hand over, and told to the audit trail in the same
// transaction. Needs nothing else of the slice, so that a process that is only a gateway stays small.
import type { Clock } from '../../../platform/clock.ts'
import type { NewEvent } from '../../../platform/contract/event.ts'
import type { Database } from '../../../platform/database.ts'
import type { EventLog } from '../../../platform/events/log.ts'
import { ConnectionsRecorded } from '../contract.ts'
import type { RecordBatch } from './contract.ts'
import * as store from './store.ts'

/** Entries of one event at most: an event is a row, and should be read at a glance. */
const MOST_TOLD = 200

export interface Records {
  record(batch: RecordBatch): Promise<void>
  /** The node stops in order. */
  goodbye(nodeId: string): Promise<void>
  isAlive(nodeId: string): Promise<boolean>
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
  return {
    record: (batch) =>
      database.transaction(async (tx) => {
        const { node } = batch
        await store.saveNode(tx, batch)
        await store.addConnections(tx, node.id, batch.opened)
        await store.saveChannels(tx, node.id, batch.channels)
        await store.saveHeartbeats(tx, node.id, batch.heard, batch.at)
        await store.closeConnections(tx, batch.closed)
        await store.addDeliveries(tx, node.id, batch.deliveries)
        events.append(tx, ...toldOf(batch))
      }),
    goodbye: (nodeId) => database.transaction(async (tx) => void (await store.dropDeadNodes(tx, clock.now(), nodeId))),
    isAlive: (nodeId) => store.isAlive(database.db, nodeId, clock.now()),
    presentIn: (channel) => store.presentIn(database.db, channel, clock.now()),
  }
}

/** What the audit trail is told of a batch. */
function toldOf({ node, opened, closed, refused }: RecordBatch): NewEvent[] {
  const told: NewEvent[] = []
  const most = Math.max(opened.length, closed.length, refused.length)
  for (let from = 0; from < most; from += MOST_TOLD) {
    const part = <T>(list: T[]) => list.slice(from, from + MOST_TOLD)
    told.push(
      ConnectionsRecorded.of({
        node: { id: node.id, name: node.name },
        opened: part(opened).map(({ id, userId, at, address, protocol, userAgent }) => ({
          id,
          userId,
          at,
          address,
          protocol,
          userAgent,
        })),
        closed: part(closed).map(({ id, userId, at, code, reason }) => ({ id, userId, at, code, reason })),
        refused: part(refused),
      }),
    )
  }
  return told
}
