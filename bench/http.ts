// Orders, lists and the home page under load; beside them, in the same run, a bare node:http server that answers the same
// bytes as the home page, as the most this machine can do.
import { createServer } from 'node:http'
import autocannon from 'autocannon'
import type { Application } from './support/application.ts'
import { freePort } from './support/application.ts'
import { load } from './support/load.ts'
import { client, order } from './support/people.ts'

export async function orders(application: Application) {
  const people = await Promise.all(Array.from({ length: 10 }, () => client(application)))
  const send = async (number: number) => {
    const person = people[number % people.length]
    const answer = await person?.post(
      '/api/orders',
      { plan: 'company', projectName: 'Situs ukur' },
      crypto.randomUUID(),
    )
    await answer?.arrayBuffer()
    return answer?.status === 201
  }
  await load(300, 20, send)
  const cpu = await application.cpuSeconds()
  const figures = await load(3000, 40, send)
  return {
    what: 'POST /api/orders, 40 at once',
    reach: '≥ 300/s',
    ...figures,
    cpuMsEach: cpuEach(cpu, await application.cpuSeconds(), figures.requests),
  }
}

export async function projects(application: Application) {
  const person = await client(application)
  for (let n = 0; n < 25; n++) await order(person)
  return cannon('GET /api/projects, 100 at once', 'p95 ≤ 20 ms', application, '/api/projects', 100, {
    cookie: person.cookie,
  })
}
export async function home(application: Application) {
  return cannon('GET / (home page), 50 at once', '≥ 1,000/s', application, '/', 50, { 'accept-encoding': 'br' })
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
    '/',
    50,
    {},
  )
  server.close()
  return { ...figures, cpuMsEach: '–' }
}

async function cannon(
  what: string,
  reach: string,
  application: Application,
  path: string,
  connections: number,
  headers: Record<string, string>,
) {
  const options = { url: `${application.url}${path}`, connections, headers }
  await autocannon({ ...options, duration: 2 })
  const cpu = await application.cpuSeconds()
  const result = await autocannon({ ...options, duration: 8 })
  const requests = result.requests.total
  return {
    what,
    reach,
    requests,
    perSecond: Math.round(requests / result.duration),
    p50: result.latency.p50,
    p95: result.latency.p97_5,
    p99: result.latency.p99,
    wrong: result.non2xx + result.errors,
    cpuMsEach: cpuEach(cpu, await application.cpuSeconds(), requests),
  }
}
const cpuEach = (before: number, after: number, requests: number) => (((after - before) * 1000) / requests).toFixed(2)
