// What a browser needs to open a live connection, and the messages that arrive on it.
import { z } from 'zod'
import { get, operation, signedIn } from '../../platform/contract/operation.ts'
import { Nothing, Time } from '../../platform/contract/shapes.ts'

export const LiveMessage = z.object({
  type: z.enum(['project_update', 'payment_update', 'system_notification']),
  /** The event: its `event` name and its public `data`. */
  payload: z.object({ event: z.string(), data: z.unknown() }),
  timestamp: Time,
  /** The position in the event log, as a string; grows. */
  id: z.string(),
})
export const getToken = operation('realtime.getToken', {
  does: 'A five-minute token and a csrf value for `/ws`.',
  rest: get('/api/websocket/token'),
  input: Nothing,
  output: z.object({ token: z.string(), csrf: z.string(), expiresIn: z.int(), url: z.string() }),
  allows: signedIn,
})
export const operations = { getToken }
