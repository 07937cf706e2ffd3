import { afterAll, beforeAll, expect, it } from 'vitest'
import { createNotesApp, createNotesDatabase } from '../../../test/support/door.ts'
import type { TestDatabase } from '../../../test/support/database.ts'
import { createMetrics } from '../../platform/telemetry/metrics.ts'
import { createHealth, type HealthOptions } from './readiness.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await createNotesDatabase()
})
afterAll(() => test.drop())

const ready = async (options: HealthOptions, drain = false) => {
  const health = createHealth(options)
  if (drain) health.drain()
  const response = await createNotesApp(test.database, { health }).app.request('/health/ready')
  return {
    status: response.status,
    body: (await response.json()) as unknown,
    retryAfter: response.headers.get('retry-after'),
  }
}

it('is alive whatever else is wrong', async () => {
  const health = createHealth({ checks: { database: () => Promise.reject(new Error('gone')) } })
  expect((await createNotesApp(test.database, { health }).app.request('/health/live')).status).toBe(200)
})

it('is ready when every part is', async () => {
  expect(await ready({ checks: { database: () => test.database.ping(), readers: () => undefined } })).toEqual({
    status: 200,
    body: { status: 'ok', checks: { database: 'ok', readers: 'ok' } },
    retryAfter: null,
  })
})

it('names the part that is not ready but tells the reason only to the log', async () => {
  const reasons: unknown[] = []
  const answer = await ready({
    checks: { database: () => Promise.reject(new Error('password wrong for postgres')), readers: () => undefined },
    failed: (check, error) => void reasons.push([check, (error as Error).message]),
  })
  expect(answer).toEqual({
    status: 503,
    body: { status: 'unavailable', checks: { database: 'failed', readers: 'ok' } },
    retryAfter: '5',
  })
  expect(reasons).toEqual([['database', 'password wrong for postgres']])
})

it('does not wait for a part that never answers', async () => {
  expect((await ready({ checks: { database: () => new Promise(() => undefined) }, patience: 20 })).status).toBe(503)
})

it('is not ready while it drains', async () => {
  expect(await ready({ checks: {} }, true)).toMatchObject({ status: 503, body: { checks: { draining: 'failed' } } })
})

it('asks the parts once for many who ask at the same time', async () => {
  let asked = 0
  const health = createHealth({ checks: { database: async () => void asked++ } })
  await Promise.all(Array.from({ length: 20 }, () => health.readiness()))
  expect(asked).toBe(1)
})

it('measures requests by route and status, and what the machines do', async () => {
  const readerLag = async () => [['notifications', 3] as const]
  const { app } = createNotesApp(test.database, { metrics: createMetrics({ pool: test.database.pool, readerLag }) })
  await app.request('/api/news')
  await app.request('/api/notes/1', { headers: { cookie: 'jasaweb=client' } })
  await app.request('/%ff')
  const text = await (await app.request('/metrics')).text()
  expect(text).toContain('jasaweb_http_request_duration_seconds_count{method="GET",route="/api/news",status="200"} 1')
  expect(text).toContain(
    'jasaweb_http_request_duration_seconds_count{method="GET",route="/api/notes/{id}",status="422"} 1',
  )
  expect(text).toContain('jasaweb_http_requests_in_flight 1')
  expect(text).toContain('jasaweb_events_reader_lag{reader="notifications"} 3')
  expect(text).toContain('jasaweb_postgres_connections{state="waiting"} 0')
  expect(text).toContain('nodejs_eventloop_lag_seconds')
})

it('shows figures only to those who are near', async () => {
  const { app } = createNotesApp(test.database)
  const from = (remoteAddress: string, headers: Record<string, string> = {}) =>
    app.request('/metrics', { headers }, { incoming: { socket: { remoteAddress } } })
  expect((await from('127.0.0.1')).status).toBe(200)
  expect((await from('::ffff:10.1.2.3')).status).toBe(200)
  expect((await from('203.0.113.9')).status).toBe(404)
  expect((await from('127.0.0.1', { 'x-forwarded-for': '203.0.113.9' })).status).toBe(404)
})

it('is not ready any more when it begins to drain while it is asked', async () => {
  let answer = () => {}
  const health = createHealth({ checks: { slow: () => new Promise<void>((resolve) => (answer = resolve)) } })
  const asked = health.readiness()
  health.drain()
  answer()
  expect(await asked).toEqual({ ready: false, checks: { draining: 'failed' } })
})
