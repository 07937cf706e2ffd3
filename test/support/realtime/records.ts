// What gateways hand over, for tests: a node with nothing to tell, connections, deliveries.
import type { NodeFigures } from '../../../src/domains/realtime/contract.ts'
import type {
  ClosedConnection,
  DeliveryRecord,
  OpenedConnection,
  RecordBatch,
} from '../../../src/domains/realtime/records/contract.ts'
import { together } from '../../../src/domains/realtime/status.ts'
import type { Clock } from '../../../src/platform/clock.ts'
import { newId } from '../../../src/platform/ids.ts'

export const figuresOf = (some: Partial<NodeFigures> = {}): NodeFigures => ({ ...together([]), ...some })

export function nodeOf(clock: Clock, name = 'kawi 1') {
  const node = { id: newId(clock), name, startedAt: clock.now() }
  return {
    node,
    batch: (some: Partial<RecordBatch> = {}): RecordBatch => ({
      node,
      at: clock.now(),
      figures: figuresOf(),
      opened: [],
      channels: [],
      heard: [],
      closed: [],
      refused: [],
      deliveries: [],
      ...some,
    }),
    opened: (some: Partial<OpenedConnection> = {}): OpenedConnection => ({
      id: newId(clock),
      userId: newId(clock),
      role: 'client',
      protocol: 'plain',
      address: '203.0.113.7',
      userAgent: 'Firefox',
      at: clock.now(),
      ...some,
    }),
    closed: (
      { id, userId }: { id: string; userId: string },
      some: Partial<ClosedConnection> = {},
    ): ClosedConnection => ({
      id,
      userId,
      at: clock.now(),
      code: 1000,
      reason: 'left',
      messages: 3,
      ...some,
    }),
    delivery: (ids: readonly string[], some: Partial<DeliveryRecord> = {}): DeliveryRecord => ({
      at: clock.now(),
      position: 1,
      channel: 'system',
      type: 'system_notification',
      event: 'announcement.published',
      connections: `{${ids.join(',')}}`,
      delivered: true,
      ...some,
    }),
  }
}
