// Live connections: what opens one, the messages that arrive on it, what the agency sees of all of them, announcements.
import { z } from 'zod'
import { event } from '../../platform/contract/event.ts'
import { agencyOnly, del, get, operation, post, roles, signedIn } from '../../platform/contract/operation.ts'
import { problem } from '../../platform/contract/problem.ts'
import { ById, Id, Line, Localized, Nothing, Page, PageInput, Time } from '../../platform/contract/shapes.ts'

export const ChannelForbidden = problem('channel_forbidden', 403, 'This channel is not yours to read.')
export const NoSuchReceiver = problem('no_such_receiver', 422, 'The receiver does not exist.')

/** `user:{id}`, `project:{id}`, `invoice:{id}`, `role:{role}`, `admin`, `system`. */
export const Channel = z
  .string()
  .max(64)
  .regex(/^(admin|system|role:(client|staff|admin)|(user|project|invoice):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/)
export const MessageType = z.enum(['project_update', 'payment_update', 'system_notification'])
/** A position in the event log, in decimal digits. */
export const Cursor = z.string().regex(/^\d{1,16}$/)

export const LiveMessage = z.object({
  type: MessageType,
  /** The event: its `event` name and its public `data`. */
  payload: z.object({ event: z.string(), data: z.unknown() }),
  timestamp: Time,
  /** The position in the event log, as a string; grows. Resume after it; two messages with the same id are the same. */
  id: z.string(),
})

interface Told {
  type: string
  data: unknown
  shown: unknown
  occurredAt: Date
  position: number
}
/** An event of the log as that message, as the agency sees it or as clients do, whoever carries it to them. */
export const liveMessageOf = (
  { type, data, shown, occurredAt, position }: Told,
  live: z.output<typeof MessageType>,
  agency: boolean,
): z.output<typeof LiveMessage> => ({
  type: live,
  payload: { event: type, data: agency || shown === null ? data : shown },
  timestamp: occurredAt.toISOString(),
  id: String(position),
})

// How connections speak ------------------------------------------------------------------------------------------------

/** Which protocol over which transport. */
export const Protocol = z.enum(['centrifugo', 'centrifugo_sse', 'centrifugo_stream', 'plain', 'plain_sse'])
export const Severity = z.enum(['info', 'success', 'warning', 'critical'])
export const ConnectionStatus = z.enum(['open', 'closed'])
export type Protocol = z.output<typeof Protocol>

export const Connection = z.object({
  id: Id,
  node: Id,
  user: z.object({ id: Id, name: z.string(), email: z.string() }),
  role: z.enum(roles),
  protocol: Protocol,
  address: z.string(),
  userAgent: z.string().nullable(),
  channels: z.array(z.string()),
  status: ConnectionStatus,
  connectedAt: Time,
  lastHeartbeatAt: Time,
  closedAt: Time.nullable(),
  /** The code and reason of the close, as in docs/realtime.md. */
  closeCode: z.int().nullable(),
  closeReason: z.string().nullable(),
  messages: z.int(),
})

const Percentiles = z.object({ p50: z.number(), p95: z.number(), p99: z.number() })
const Counts = z.record(z.string(), z.int())
/** What one gateway process says of itself, once a second. Times in milliseconds, rates a second over the last ten. */
export const NodeFigures = z.object({
  connections: z.int(),
  byRole: Counts,
  byProtocol: Counts,
  channels: z.int(),
  rates: z.object({
    messagesOut: z.number(),
    messagesIn: z.number(),
    bytesOut: z.number(),
    connects: z.number(),
    refusals: z.number(),
  }),
  totals: z.object({
    messagesOut: z.int(),
    messagesIn: z.int(),
    bytesOut: z.int(),
    connects: z.int(),
    batches: z.int(),
    slowCloses: z.int(),
    recoveredFull: z.int(),
    recoveredNone: z.int(),
    /** Records that were not kept, because the database was away too long; older processes do not tell. */
    unrecorded: z.int().default(0),
  }),
  refusals: Counts,
  closes: Counts,
  /** Bytes that wait for slow readers, readers that were marked behind, and how far in the log the slowest is behind. */
  queues: z.object({ bytes: z.int(), behind: z.int(), events: z.int() }),
  /** One message's way: commit → log → node → socket → ack. */
  latency: z.object({ log: Percentiles, node: Percentiles, socket: Percentiles, ack: Percentiles, total: Percentiles }),
  /** Compressed bytes by uncompressed bytes; null while nothing was compressed. */
  compressionRatio: z.number().nullable(),
  memoryBytes: z.int(),
  draining: z.boolean(),
})
export type NodeFigures = z.output<typeof NodeFigures>

// Operations -----------------------------------------------------------------------------------------------------------

export const getToken = operation('realtime.getToken', {
  does: 'A five-minute token for a live connection, and the csrf value for addresses that carry the token.',
  rest: get('/api/websocket/token'),
  input: Nothing,
  output: z.object({
    token: z.string(),
    csrf: z.string(),
    /** Seconds. */
    expiresIn: z.int(),
    /** The plain protocol. */
    url: z.string(),
    /** The same, by protocol and transport. */
    urls: z.object({ plain: z.string(), sse: z.string(), centrifugo: z.string(), httpStream: z.string() }),
  }),
  allows: signedIn,
})
export const getSubscriptionToken = operation('realtime.getSubscriptionToken', {
  does: 'A five-minute token that lets its bearer subscribe to one channel; a gateway of our own does not need it.',
  rest: get('/api/websocket/subscription-token'),
  input: z.strictObject({ channel: Channel }),
  output: z.object({ token: z.string(), expiresIn: z.int() }),
  refuses: [ChannelForbidden],
  allows: signedIn,
})
export const acknowledge = operation('realtime.acknowledge', {
  does: 'Says that everything up to a message was received: it is not delivered again, and not mailed.',
  rest: post('/api/websocket/ack'),
  input: z.strictObject({ id: Cursor }),
  output: z.object({ acknowledged: z.string() }),
  allows: signedIn,
})

export const Target = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('everybody') }),
  z.strictObject({ kind: z.literal('user'), userId: Id }),
  z.strictObject({ kind: z.literal('role'), role: z.enum(roles) }),
  z.strictObject({ kind: z.literal('project'), projectId: Id }),
])
export const Announcement = z.object({
  id: Id,
  target: Target,
  title: z.object({ id: z.string(), en: z.string() }),
  body: z.object({ id: z.string(), en: z.string() }),
  severity: Severity,
  startsAt: Time,
  endsAt: Time.nullable(),
})
export const AnnouncementRecord = Announcement.extend({
  createdAt: Time,
  /** When it went out; null while its start is still to come. */
  sentAt: Time.nullable(),
  withdrawnAt: Time.nullable(),
})
export const notify = operation('realtime.notify', {
  does: 'Announces something to one user, one role, the readers of one project, or everybody, now or at a time to come.',
  rest: post('/api/websocket/notify', 201),
  input: z.strictObject({
    target: Target.default({ kind: 'everybody' }),
    title: Localized(120),
    body: Localized(2000),
    severity: Severity.default('info'),
    startsAt: z.iso.datetime().optional(),
    endsAt: z.iso.datetime().optional(),
  }),
  output: z.object({ announcement: AnnouncementRecord }),
  refuses: [NoSuchReceiver],
  allows: agencyOnly,
  cost: 10,
})
export const listAnnouncements = operation('realtime.listAnnouncements', {
  does: 'What is announced to the caller just now, the newest first.',
  rest: get('/api/announcements'),
  input: PageInput,
  output: Page(Announcement),
  allows: signedIn,
})
export const listSentAnnouncements = operation('realtime.listSentAnnouncements', {
  does: 'All announcements of the agency, the newest first.',
  rest: get('/api/admin/announcements'),
  input: PageInput,
  output: Page(AnnouncementRecord),
  allows: agencyOnly,
})
export const withdrawAnnouncement = operation('realtime.withdrawAnnouncement', {
  does: 'Takes an announcement back: it disappears from the pages and, when it was still to come, is not sent.',
  rest: del('/api/admin/announcements/{id}'),
  input: ById,
  output: z.null(),
  allows: agencyOnly,
})

export const getStatus = operation('realtime.getStatus', {
  does: 'The state of all gateways together: counts, rates, queues, latencies, and the newest open connections.',
  rest: get('/api/admin/websocket/status'),
  input: Nothing,
  output: NodeFigures.extend({
    at: Time,
    broker: z.enum(['postgres', 'redis', 'centrifugo']),
    nodes: z.array(z.object({ id: Id, name: z.string(), startedAt: Time, heartbeatAt: Time, figures: NodeFigures })),
    /** The newest 50; the rest by `realtime.listConnections`. */
    list: z.array(Connection),
  }),
  allows: agencyOnly,
})
export const listConnections = operation('realtime.listConnections', {
  does: 'Live connections, open ones and those of the past 90 days, the newest first.',
  rest: get('/api/admin/websocket/connections'),
  input: PageInput.extend({
    status: ConnectionStatus.optional(),
    userId: Id.optional(),
    protocol: Protocol.optional(),
    search: Line(100).optional(),
  }),
  output: Page(Connection),
  allows: agencyOnly,
})
export const getConnection = operation('realtime.getConnection', {
  does: 'One live connection.',
  rest: get('/api/admin/websocket/connections/{id}'),
  input: ById,
  output: Connection,
  allows: agencyOnly,
})
export const disconnect = operation('realtime.disconnect', {
  does: 'Closes a live connection; it may come back unless `reconnect` is false.',
  rest: post('/api/admin/websocket/connections/{id}/disconnect', 202),
  input: ById.extend({ reconnect: z.boolean().default(true), reason: Line(100).optional() }),
  output: z.object({ accepted: z.literal(true) }),
  allows: agencyOnly,
})

export const Delivery = z.object({
  /** Opaque. */
  id: z.string(),
  connectionId: Id,
  user: z.object({ id: Id, name: z.string() }).nullable(),
  channel: z.string(),
  type: MessageType,
  event: z.string(),
  /** The message's id. */
  messageId: z.string(),
  sentAt: Time,
  /** Whether the network took it; false for what a slow reader was closed over. */
  delivered: z.boolean(),
})
export const listMessages = operation('realtime.listMessages', {
  does: 'Which messages went to which connections, the newest first, with totals by type and by hour.',
  rest: get('/api/admin/websocket/messages'),
  input: PageInput.extend({
    type: MessageType.optional(),
    event: Line(80).optional(),
    connectionId: Id.optional(),
    userId: Id.optional(),
    from: z.iso.datetime().optional(),
    to: z.iso.datetime().optional(),
  }),
  output: Page(Delivery).extend({
    /** Over everything the filter matches, not the page alone; at most the last 30 days. */
    totals: z.object({ all: z.int(), byType: Counts, byHour: z.array(z.object({ hour: Time, messages: z.int() })) }),
  }),
  allows: agencyOnly,
})

// Events ---------------------------------------------------------------------------------------------------------------

const channelOf = (target: z.output<typeof Target>): string => {
  switch (target.kind) {
    case 'everybody':
      return 'system'
    case 'user':
      return `user:${target.userId}`
    case 'role':
      return `role:${target.role}`
    case 'project':
      return `project:${target.projectId}`
  }
}
const announced = {
  subject: ({ announcement }: { announcement: { id: string } }) => `announcement:${announcement.id}`,
  reaches: ({ announcement, readers }: { announcement: z.output<typeof Announcement>; readers: string[] }) => [
    channelOf(announcement.target),
    // A project's readers have their own channel in every page, its own only on some.
    ...readers.map((id) => `user:${id}`),
  ],
  live: 'system_notification' as const,
}
/** `readers` are the users whose project it is about. */
const Announced = z.object({ announcement: Announcement, readers: z.array(Id).default([]) })
export const AnnouncementPublished = event('announcement.published', { data: Announced, ...announced })
export const AnnouncementWithdrawn = event('announcement.withdrawn', { data: Announced, ...announced })
export const DisconnectAsked = event('websocket.disconnect_asked', {
  data: z.object({
    connection: z.object({ id: Id, userId: Id }),
    reconnect: z.boolean(),
    reason: z.string().nullable(),
  }),
  subject: ({ connection }) => `connection:${connection.id}`,
  reaches: () => [],
})
const Happened = z.object({ at: Time, address: z.string(), protocol: Protocol })
/** What a gateway process saw in about a second: for the audit trail, in batches so that a thousand connects are not a thousand commits. */
export const ConnectionsRecorded = event('websocket.connections_recorded', {
  data: z.object({
    node: z.object({ id: Id, name: z.string() }),
    opened: z.array(Happened.extend({ id: Id, userId: Id, userAgent: z.string().nullable() })),
    closed: z.array(z.object({ at: Time, id: Id, userId: Id, code: z.int(), reason: z.string() })),
    refused: z.array(Happened.extend({ userId: Id.nullable(), code: z.int(), reason: z.string(), times: z.int() })),
  }),
  subject: ({ node }) => `node:${node.id}`,
  reaches: () => [],
})
/** What a user has not acknowledged for ten minutes, once for each stretch: for digests by mail. */
export const InboxOverdue = event('inbox.overdue', {
  data: z.object({ user: z.object({ id: Id }), after: z.string(), upTo: z.string(), messages: z.int() }),
  subject: ({ user }) => `user:${user.id}`,
  reaches: () => [],
})

export const operations = {
  getToken,
  getSubscriptionToken,
  acknowledge,
  notify,
  listAnnouncements,
  listSentAnnouncements,
  withdrawAnnouncement,
  getStatus,
  listConnections,
  getConnection,
  disconnect,
  listMessages,
}
export const events = {
  AnnouncementPublished,
  AnnouncementWithdrawn,
  DisconnectAsked,
  ConnectionsRecorded,
  InboxOverdue,
}
export const problems = { ChannelForbidden, NoSuchReceiver }
