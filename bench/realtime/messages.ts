// What is sent: events of the log of a chosen size, told apart by a number.
import { z } from 'zod'
import { event } from '../../src/platform/contract/event.ts'
import type { EventType } from '../../src/platform/contract/event.ts'

/** An event that reaches one channel, which its data do not name: gateways know it from the log. */
export const eventFor = (name: string, channel: string): EventType =>
  event(`bench.${name}`, {
    data: z.looseObject({ n: z.int() }),
    subject: () => channel,
    reaches: () => [channel],
    live: 'system_notification',
  })

/** The message as the plain protocol has it, and as the peers send it. */
export const messageText = (data: object, position: number) =>
  JSON.stringify({
    type: 'system_notification',
    payload: { event: 'bench.0', data },
    timestamp: '2026-01-01T00:00:00.000Z',
    id: String(position),
  })

/** Data with which a message is so many bytes. */
export function padded(n: number, bytes: number, position: number): { n: number; text: string } {
  const without = messageText({ n, text: '' }, position).length
  return { n, text: '.'.repeat(Math.max(0, bytes - without)) }
}
