// The whole application, built once from the configuration: domains, doors, readers and workers, and how they start and stop
// together. Tests build the same one.
import { fileURLToPath } from 'node:url'
import type { Hono } from 'hono'
import type { Config } from './config.ts'
import { createHttpApp } from './delivery/http/app.ts'
import { createHealth } from './delivery/http/readiness.ts'
import { createPages } from './delivery/http/pages.ts'
import type { Pages } from './delivery/http/pages.ts'
import { serve } from './delivery/http/server.ts'
import type { HttpServer } from './delivery/http/server.ts'
import { createSessionCookie } from './delivery/http/session-cookie.ts'
import { createStaticFiles } from './delivery/http/static-files.ts'
import { ContentChanged } from './domains/content/contract.ts'
import { addFigures } from './delivery/realtime/exposition.ts'
import type { Gateway } from './delivery/realtime/gateway.ts'
import { buildGateway } from './gateway.ts'
import { createDispatch } from './platform/contract/dispatch.ts'
import { createIdempotencySweep } from './platform/contract/idempotency.ts'
import { createRegistry } from './platform/contract/registry.ts'
import { partitionKeeper } from './platform/events/partitions.ts'
import type { Worker } from './platform/platform.ts'
import type { Dispatch } from './platform/contract/dispatch.ts'
import { createMemoryLimiter } from './platform/limits/limiter.ts'
import { createMetrics } from './platform/telemetry/metrics.ts'
import { buildWorld } from './world.ts'
import type { World, WorldOptions } from './world.ts'
import { processRoles, type ProcessRole } from './process-roles.ts'

export interface AppOptions extends WorldOptions {
  /** How pages are served; null for an application without pages (API tests). */
  pages: 'production' | 'development' | null
  /** The parts of the work this process takes; all unless given. */
  roles?: ReadonlySet<ProcessRole>
}
export interface App extends World {
  dispatch: Dispatch
  /** The live connections of this process; null when they are none of its work. */
  gateway: Gateway | null
  http: World['http']
  /** The HTTP door without a socket. */
  door: Hono
  /** First content and the owner account of an empty database; the owner when it was just made. */
  seed(): Promise<{ email: string; password: string | null } | null>
  /** Starts readers, workers and the server. */
  listen(): Promise<void>
  /** Not ready, no new requests, running ones finish, then readers and workers, then the database. */
  stop(): Promise<void>
}

const root = fileURLToPath(new URL('../', import.meta.url))
/** Events a reader may be behind before this process counts as not ready. */
const MOST_BEHIND = 50_000
/** Events older than this are dropped, once every reader is past them: longer than invoices must be kept. */
const KEEP_EVENT_MONTHS = 132

export async function buildApp(options: AppOptions): Promise<App> {
  const { config, log, clock, roles = new Set(processRoles) } = options
  const world = await buildWorld(options)
  const { platform, registry, identity, slices } = world
  const { database, events } = platform
  const limitPolicy = { quota: config.RATE_LIMIT_PER_MINUTE, windowSeconds: 60 }
  const dispatch = createDispatch({ registry, database, events, limiter: createMemoryLimiter(limitPolicy, clock), log })

  const lag = async () => (await events.readers()).map(({ name, behind }) => [name, behind] as const)
  const metrics = createMetrics({ pool: database.pool, readerLag: lag, processFigures: options.pages !== null })
  const serves = roles.has('web')
  const gateway = roles.has('realtime')
    ? await buildGateway({
        config,
        database,
        events,
        keys: world,
        clock,
        random: options.random,
        log,
      })
    : null
  const health = createHealth({
    checks: {
      database: () => database.ping(),
      readers: async () => {
        const late = (await lag()).filter(([, behind]) => behind > MOST_BEHIND)
        if (late.length > 0) throw new Error(`behind: ${late.map(([name]) => name).join(', ')}`)
      },
      // A process that serves pages and takes payments goes on with that when its live connections hear nothing.
      ...(gateway && !serves ? { events: gateway.check } : {}),
    },
    failed: (check, error) => log.warn({ err: error, check }, 'a readiness check failed'),
  })
  const pages = options.pages === null || !serves ? null : await openPages(options.pages, config, dispatch, options)
  const door = createHttpApp({
    // A process without pages and API still answers for its health and figures.
    registry: serves ? registry : createRegistry([]),
    dispatch,
    authenticate: identity.authenticate,
    publicUrl: config.PUBLIC_URL,
    trustedProxies: config.TRUSTED_PROXIES,
    limitPolicy,
    log,
    metrics,
    health,
    slices: serves ? slices : [],
    ...(pages
      ? { pages, files: createStaticFiles([`${root}build/client`, `${root}public`], `${root}build/client-sdk`) }
      : {}),
  })

  const workers: Worker[] = [
    createIdempotencySweep(database, clock),
    partitionKeeper({ database, clock, keepMonths: KEEP_EVENT_MONTHS, log }),
    ...slices.flatMap((slice) => slice.workers ?? []),
  ]
  let server: HttpServer | undefined
  let forgetPages: (() => Promise<void>) | undefined
  let stopping: Promise<void> | undefined

  return {
    ...world,
    gateway,
    dispatch,
    door: door as unknown as Hono,
    async seed() {
      await world.content.seed()
      return identity.ensureOwner({ email: config.OWNER_EMAIL ?? null, password: config.OWNER_PASSWORD ?? null })
    },
    async listen() {
      await gateway?.start()
      if (gateway) await addFigures(metrics.registry, () => gateway.figures())
      server = await serve(door, {
        host: config.HOST,
        port: config.PORT,
        log,
        drainMs: config.DRAIN_SECONDS * 1000,
        before: (request, response) => gateway?.handle(request, response) ?? false,
      })
      gateway?.attach(server.server)
      if (roles.has('worker')) {
        for (const reader of slices.flatMap((slice) => slice.readers ?? [])) events.startReader(reader)
        for (const worker of workers) worker.start()
      }
      if (pages) {
        const following = await events.follow({ types: [ContentChanged.name], handle: () => pages.invalidate() })
        forgetPages = following.stop
      }
    },
    stop: () => (stopping ??= stopAll()),
  }

  async function stopAll() {
    health.drain()
    await gateway?.stop(config.DRAIN_SECONDS * 1000)
    await server?.stop()
    await Promise.all(workers.map((worker) => worker.stop()))
    await forgetPages?.()
    await events.close()
    await pages?.close()
    await world.http.close()
    await database.close()
  }
}

function openPages(
  mode: 'production' | 'development',
  config: Config,
  dispatch: Dispatch,
  { clock, log }: AppOptions,
): Promise<Pages> {
  const cookie = createSessionCookie(config.PUBLIC_URL)
  return createPages({
    mode,
    publicUrl: config.PUBLIC_URL,
    sandbox: config.PAYMENT_PROVIDER === 'sandbox',
    now: () => clock.now(),
    call: async (operation, input, meta) => (await dispatch(operation, input, meta)).body,
    sessionCookie: cookie,
    report: (error, requestId) => log.error({ err: error, requestId }, 'a page failed'),
  })
}
