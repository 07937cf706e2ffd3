// The event log as the console reads it: what happened, and what a reader could not digest.
import { z } from 'zod'
import { agencyOnly, del, get, operation, post } from '../../platform/contract/operation.ts'
import { Id, Line, Nothing, Page, PageInput, Time } from '../../platform/contract/shapes.ts'

export const LogEntry = z.object({
  position: z.int(),
  id: Id,
  type: z.string(),
  subject: z.string(),
  actor: z.string().nullable(),
  data: z.unknown(),
  occurredAt: Time,
})
export const ParkedEvent = z.object({
  reader: z.string(),
  position: z.int(),
  type: z.string(),
  subject: z.string(),
  error: z.string(),
  attempts: z.int(),
  parkedAt: Time,
  /** Asked to be tried again; its reader has not done so yet. */
  retrying: z.boolean(),
})
const Parked = z.strictObject({ reader: Line(80), position: z.coerce.number().int().min(1) })
export const listEvents = operation('audit.listEvents', {
  does: 'The event log, newest first.',
  rest: get('/api/admin/events'),
  input: PageInput.extend({ type: Line(80).optional(), subject: Line(80).optional() }),
  output: Page(LogEntry),
  allows: agencyOnly,
})
export const listParkedEvents = operation('audit.listParkedEvents', {
  does: 'Events that a reader failed on and set aside.',
  rest: get('/api/admin/events/parked'),
  input: Nothing,
  output: Page(ParkedEvent),
  allows: agencyOnly,
})
export const retryParkedEvent = operation('audit.retryParkedEvent', {
  does: 'Gives a parked event to its reader again.',
  rest: post('/api/admin/events/parked/{reader}/{position}/retry', 202),
  input: Parked,
  output: z.object({ accepted: z.literal(true) }),
  allows: agencyOnly,
})
export const discardParkedEvent = operation('audit.discardParkedEvent', {
  does: 'Drops a parked event for its reader; the log keeps it.',
  rest: del('/api/admin/events/parked/{reader}/{position}'),
  input: Parked,
  output: z.null(),
  allows: agencyOnly,
})
export const operations = { listEvents, listParkedEvents, retryParkedEvent, discardParkedEvent }
