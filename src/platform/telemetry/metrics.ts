// Figures for Prometheus: what the process costs, how fast requests are answered, and how far the readers are behind.
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Pool } from 'pg'

export interface Metrics {
  readonly registry: Registry
  requestBegan(): void
  /** `route` is the pattern (`/api/projects/{id}`), never the address itself: labels must stay few. */
  requestEnded(method: string, route: string, status: number, seconds: number): void
  /** The text for a scrape, and its content type. */
  render(): Promise<{ contentType: string; body: string }>
}

export interface MetricsOptions {
  pool?: Pool
  /** Events each reader has still to handle, by the reader's name. */
  readerLag?: () => Promise<Iterable<readonly [reader: string, events: number]>>
  /** Figures of the process: memory, CPU, event loop, garbage collection. Off in tests that make many. */
  processFigures?: boolean
}

export function createMetrics({ pool, readerLag, processFigures = true }: MetricsOptions = {}): Metrics {
  const registry = new Registry()
  const registers = [registry]
  if (processFigures) collectDefaultMetrics({ register: registry })
  const duration = new Histogram({
    name: 'jasaweb_http_request_duration_seconds',
    help: 'Time from the first byte of a request to its answer',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  })
  const inFlight = new Gauge({ name: 'jasaweb_http_requests_in_flight', help: 'Requests being answered', registers })
  if (pool) addPoolFigures(pool, registers)
  if (readerLag) {
    new Gauge({
      name: 'jasaweb_events_reader_lag',
      help: 'Events a reader of the log has not handled yet',
      labelNames: ['reader'] as const,
      registers,
      async collect() {
        // A database that is away must not take the other figures with it.
        const lags = await readerLag().catch(() => [])
        this.reset()
        for (const [reader, events] of lags) this.set({ reader }, events)
      },
    })
  }
  return {
    registry,
    requestBegan: () => inFlight.inc(),
    requestEnded(method, route, status, seconds) {
      inFlight.dec()
      duration.observe({ method, route, status }, seconds)
    },
    render: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  }
}

function addPoolFigures(pool: Pool, registers: Registry[]): void {
  new Gauge({
    name: 'jasaweb_postgres_connections',
    help: 'Connections of the pool by state, and calls waiting for one',
    labelNames: ['state'] as const,
    registers,
    collect() {
      this.set({ state: 'busy' }, pool.totalCount - pool.idleCount)
      this.set({ state: 'idle' }, pool.idleCount)
      this.set({ state: 'waiting' }, pool.waitingCount)
    },
  })
}
