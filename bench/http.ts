// Orders, lists and the home page under load; beside them, in the same run, a bare node:http server that answers the same
// bytes as the home page, as the most this machine can do.
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import autocannon from 'autocannon'
import type { Application } from './support/application.ts'
import { freePort } from './support/application.ts'
import { percentile, round } from './support/load.ts'
import { client, order } from './support/people.ts'

export async function orders(application: Application) {
  const people = await Promise.all(Array.from({ length: 10 }, () => client(application)))
  const body = JSON.stringify({ plan: 'company', projectName: 'Situs ukur' })
  // Each request is an order of its own: another key, another client's turn.
  const requests = people.map(({ cookie }) => ({
    method: 'POST' as const,
    path: '/api/orders',
    body,
    setupRequest: (request: autocannon.Request) => ({
      ...request,
      headers: { cookie, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    }),
  }))
  return cannon('POST /api/orders, 40 at once', '≥ 300/s', application, { connections: 40, requests })
}

export async function projects(application: Application) {
  const person = await client(application)
  for (let n = 0; n < 25; n++) await order(person)
  return cannon('GET /api/projects, 100 at once', 'p95 ≤ 20 ms', application, {
    path: '/api/projects',
    connections: 100,
    headers: { cookie: person.cookie },
  })
}
/** Everybody asks something else: nothing can be shared. */
export async function manyClients(application: Application) {
  const people = await Promise.all(Array.from({ length: 100 }, () => client(application)))
  for (const person of people) for (let n = 0; n < 3; n++) await order(person)
  const requests = people.map(({ cookie }) => ({ method: 'GET' as const, path: '/api/projects', headers: { cookie } }))
  return cannon('GET /api/projects, 100 clients in turn, 100 at once', 'p95 ≤ 20 ms', application, {
    connections: 100,
    requests,
  })
}
export async function home(application: Application) {
  return cannon('GET / (home page), 50 at once', '≥ 1,000/s', application, {
    path: '/',
    connections: 50,
    headers: { 'accept-encoding': 'br' },
  })
}
export async function bare(application: Application) {
  const page = Buffer.from(await (await fetch(application.url)).arrayBuffer())
  const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(page))
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const figures = await cannon(
    'the same page from a bare node:http server',
    'peer',
    { ...application, url: `http://127.0.0.1:${port}` },
    { path: '/', connections: 50 },
  )
  server.close()
  return { ...figures, cpuMsEach: '–' }
}

type Load = Pick<autocannon.Options, 'connections' | 'headers' | 'requests'> & { path?: string }

async function cannon(what: string, reach: string, application: Application, { path = '', ...load }: Load) {
  const options = { url: `${application.url}${path}`, ...load }
  await autocannon({ ...options, duration: 3 })
  const cpu = await application.cpuSeconds()
  const waits: number[] = []
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const running = autocannon({ ...options, duration: 8 }, (error: Error | null, done) =>
      error ? reject(error) : resolve(done),
    )
    running.on('response', (_client, _status, _bytes, milliseconds) => void waits.push(milliseconds))
  })
  const requests = result.requests.total
  return {
    what,
    reach,
    requests,
    perSecond: Math.round(requests / result.duration),
    p50: round(percentile(waits, 0.5)),
    p95: round(percentile(waits, 0.95)),
    p99: round(percentile(waits, 0.99)),
    wrong: result.non2xx + result.errors,
    cpuMsEach: cpuEach(cpu, await application.cpuSeconds(), requests),
  }
}
const cpuEach = (before: number, after: number, requests: number) => (((after - before) * 1000) / requests).toFixed(2)
