// What a batch of records comes down to: one row for each connection, text that PostgreSQL takes, a mark by which the same
// batch is known again. Pure.
import { createHash } from 'node:crypto'
import type { NewEvent } from '../../../platform/contract/event.ts'
import { ConnectionsRecorded } from '../contract.ts'
import type { ClosedConnection, OpenedConnection, RecordBatch, Refusal } from './contract.ts'

/** Entries of one event at most: an event is a row, and should be read at a glance. */
const MOST_TOLD = 200
const LONGEST = 300

/** What clients send as text may hold what PostgreSQL refuses: NUL and halves of surrogate pairs. */
export const clean = (text: string): string => text.slice(0, LONGEST).toWellFormed().replaceAll('\0', '')

/** What happened to one connection during the batch. */
export interface ConnectionChange {
  id: string
  opened?: OpenedConnection
  channels?: string[]
  /** Messages it was sent until it gave a sign of life. */
  heard?: number
  closed?: Omit<ClosedConnection, 'id' | 'userId'>
}

export function changesOf({ opened, channels, heard, closed }: RecordBatch): ConnectionChange[] {
  const changes = new Map<string, ConnectionChange>()
  const of = (id: string): ConnectionChange => {
    const known = changes.get(id)
    if (known) return known
    const made = { id }
    changes.set(id, made)
    return made
  }
  for (const connection of opened) of(connection.id).opened = cleanOpened(connection)
  for (const each of channels) of(each.id).channels = each.channels
  for (const { id, messages } of heard) of(id).heard = messages
  for (const { id, at, code, reason, messages } of closed) of(id).closed = { at, code, reason: clean(reason), messages }
  return [...changes.values()]
}

const cleanOpened = (connection: OpenedConnection): OpenedConnection => ({
  ...connection,
  address: clean(connection.address),
  userAgent: connection.userAgent === null ? null : clean(connection.userAgent),
})

/** The same for the same batch, whatever the figures that go along with it; else another. */
export function markOf({ at, opened, channels, heard, closed, refused, deliveries }: RecordBatch): string {
  const hash = createHash('sha256')
  hash.update(JSON.stringify([at, opened, channels, heard, closed, refused]))
  for (const delivery of deliveries) hash.update(`${delivery.position} ${delivery.channel} ${delivery.at.getTime()}\n`)
  return hash.digest('base64url')
}

type Told = Parameters<typeof ConnectionsRecorded.of>[0]
export type NodeName = Told['node']
export interface Tellable {
  opened?: readonly OpenedConnection[]
  closed?: readonly Omit<ClosedConnection, 'messages'>[]
  refused?: readonly Refusal[]
}

/** What the audit trail is told. */
export function toldOf(node: NodeName, { opened = [], closed = [], refused = [] }: Tellable): NewEvent[] {
  const entries: ((told: Told) => void)[] = [
    ...opened.map((each) => (told: Told) => {
      const { id, userId, at, address, protocol, userAgent } = cleanOpened(each)
      told.opened.push({ id, userId, at, address, protocol, userAgent })
    }),
    ...closed.map(({ id, userId, at, code, reason }) => (told: Told) => {
      told.closed.push({ id, userId, at, code, reason: clean(reason) })
    }),
    ...refused.map((each) => (told: Told) => {
      told.refused.push({ ...each, address: clean(each.address), reason: clean(each.reason) })
    }),
  ]
  const events: NewEvent[] = []
  for (let from = 0; from < entries.length; from += MOST_TOLD) {
    const told: Told = { node: { id: node.id, name: node.name }, opened: [], closed: [], refused: [] }
    for (const add of entries.slice(from, from + MOST_TOLD)) add(told)
    events.push(ConnectionsRecorded.of(told))
  }
  return events
}
