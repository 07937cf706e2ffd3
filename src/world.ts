// The domains, put together on the platform's machines: who gets what, and nothing else.
import type { Clock } from './platform/clock.ts'
import { createRegistry } from './platform/contract/registry.ts'
import { openDatabase } from './platform/database.ts'
import { openEventLog } from './platform/events/log.ts'
import { openFiles } from './platform/files.ts'
import { createHttpClient } from './platform/http-client.ts'
import type { HttpClient } from './platform/http-client.ts'
import type { Logger } from './platform/log.ts'
import { createMailer } from './platform/mail/mailer.ts'
import type { Platform, Slice } from './platform/platform.ts'
import { randomToken } from './platform/crypto.ts'
import { ownAddress } from './config.ts'
import type { Config } from './config.ts'
import { openKeys } from './keys.ts'
import { createAudit } from './domains/audit/audit.ts'
import { createBilling } from './domains/billing/billing.ts'
import { createMidtransGateway } from './domains/billing/midtrans/gateway.ts'
import { createSandbox } from './domains/billing/sandbox/sandbox.ts'
import { createContent } from './domains/content/content.ts'
import { createIdentity } from './domains/identity/identity.ts'
import { openMailServer } from './domains/notifications/gateway.ts'
import { createNotifications } from './domains/notifications/notifications.ts'
import { createProjects } from './domains/projects/projects.ts'
import { createCentrifugoGateway } from './domains/realtime/centrifugo/gateway.ts'
import { createRealtime } from './domains/realtime/realtime.ts'

export interface WorldOptions {
  config: Config
  databaseUrl: string
  clock: Clock
  random: () => number
  log: Logger
}
export type World = Awaited<ReturnType<typeof buildWorld>>

const MIDTRANS = { sandbox: 'https://api.sandbox.midtrans.com', production: 'https://api.midtrans.com' }

function centrifugoOf(
  { REALTIME_BROKER, CENTRIFUGO_API_URL, CENTRIFUGO_API_KEY, CENTRIFUGO_URL }: Config,
  http: HttpClient,
) {
  if (REALTIME_BROKER !== 'centrifugo' || !CENTRIFUGO_API_URL || !CENTRIFUGO_API_KEY || !CENTRIFUGO_URL) return null
  const gateway = createCentrifugoGateway({ apiUrl: CENTRIFUGO_API_URL, apiKey: CENTRIFUGO_API_KEY, http })
  return { gateway, url: CENTRIFUGO_URL }
}

export async function buildWorld({ config, databaseUrl, clock, random, log }: WorldOptions) {
  const database = openDatabase({ url: databaseUrl, poolSize: config.DATABASE_POOL, log, random })
  const events = openEventLog({ database, clock, log, random })
  const mailer = createMailer({ database, clock, delivers: config.SMTP_URL !== undefined })
  const files = openFiles({ folder: `${config.DATA_DIR}/files`, clock })
  const platform: Platform = { clock, random, log, database, events, mailer, files, publicUrl: config.PUBLIC_URL }
  const http = createHttpClient({ log })

  const { tokens, csrfKey, keep } = await openKeys(config, database, clock)

  // The provider: Midtrans itself, or our own emulator of its HTTP interface on this very server. One adapter for both.
  const played = config.PAYMENT_PROVIDER === 'sandbox'
  const self = ownAddress(config)
  // Midtrans reaches us at the public address only; the sandbox knows where we are.
  const notified = !played && config.PUBLIC_URL.startsWith('https:')
  const serverKey = config.MIDTRANS_SERVER_KEY ?? `SB-Mid-server-${await keep('sandbox_server_key', randomToken)}`
  const gateway = createMidtransGateway({
    baseUrl: played ? `${self}/sandbox/midtrans` : MIDTRANS[config.MIDTRANS_ENVIRONMENT],
    serverKey,
    http,
    clock,
    log,
    ...(notified ? { notificationUrl: `${config.PUBLIC_URL}/api/webhooks/midtrans` } : {}),
  })
  const sandbox = played
    ? createSandbox({
        platform,
        serverKey,
        notificationUrl: `${self}/api/webhooks/midtrans`,
        http: createHttpClient({ log, breaker: false }),
      })
    : null

  const identity = createIdentity({ platform, tokens })
  const content = createContent({ platform })
  const billing = createBilling({ platform, gateway, identity, onPaid: (tx, paid) => projects.startPaid(tx, paid) })
  const projects = createProjects({ platform, content, billing })
  const server = config.SMTP_URL === undefined ? null : openMailServer({ url: config.SMTP_URL, from: config.MAIL_FROM })
  const notifications = createNotifications({ platform, people: identity, server })
  const audit = createAudit({ platform })
  const realtime = createRealtime({
    platform,
    tokens,
    csrfKey,
    broker: config.REALTIME_BROKER,
    centrifugo: centrifugoOf(config, http),
    sessionEnd: identity.sessionEnd,
  })

  const slices: Slice[] = [
    identity,
    content,
    projects,
    billing,
    notifications,
    audit,
    realtime,
    ...(sandbox ? [sandbox] : []),
  ]
  const registry = createRegistry(slices)
  events.declare(registry.events)
  return { config, platform, http, tokens, csrfKey, identity, content, billing, projects, sandbox, slices, registry }
}
