// The event log as the console reads it: what happened, and what a reader could not digest.
import { z } from 'zod'
import { agencyOnly, del, get, operation, post } from '../../platform/contract/operation.ts'
import { ById, Id, Line, Page, PageInput, Time } from '../../platform/contract/shapes.ts'

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
  id: Id,
  reader: z.string(),
  position: z.int(),
  type: z.string(),
  error: z.string(),
  attempts: z.int(),
  parkedAt: Time,
})
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
  input: PageInput,
  output: Page(ParkedEvent),
  allows: agencyOnly,
})
export const retryParkedEvent = operation('audit.retryParkedEvent', {
  does: 'Gives a parked event to its reader again.',
  rest: post('/api/admin/events/parked/{id}/retry'),
  input: ById,
  output: z.object({ handled: z.boolean(), error: z.string().nullable() }),
  allows: agencyOnly,
})
export const discardParkedEvent = operation('audit.discardParkedEvent', {
  does: 'Drops a parked event for its reader; the log keeps it.',
  rest: del('/api/admin/events/parked/{id}'),
  input: ById,
  output: z.null(),
  allows: agencyOnly,
})
export const operations = { listEvents, listParkedEvents, retryParkedEvent, discardParkedEvent }
