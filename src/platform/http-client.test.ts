import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { afterEach, expect, test } from 'vitest'
import { createHttpClient, HttpFailure } from './http-client.ts'
import type { HttpClient, HttpClientOptions } from './http-client.ts'

const open: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})

async function serve(listener: RequestListener): Promise<{ url: string; server: Server; count: () => number }> {
  let count = 0
  const server = createServer((request, response) => {
    count++
    listener(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server, count: () => count }
}

function client(options: Partial<HttpClientOptions> = {}): HttpClient {
  const made = createHttpClient({ log: pino({ level: 'silent' }), ...options })
  open.push(() => made.close())
  return made
}

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'answered',
    (error: unknown) => (error instanceof HttpFailure ? error.kind : error),
  )

test('hands back status, headers and body of any answer', async () => {
  const { url } = await serve((_request, response) => response.writeHead(418, { 'X-Pot': 'tea' }).end('kopi ☕'))
  expect(await client().request({ method: 'GET', url })).toMatchObject({
    status: 418,
    body: 'kopi ☕',
    headers: { 'x-pot': 'tea' },
  })
})

test('does not follow redirects', async () => {
  const { url, count } = await serve((_request, response) => response.writeHead(302, { Location: '/elsewhere' }).end())
  expect((await client().request({ method: 'GET', url })).status).toBe(302)
  expect(count()).toBe(1)
})

test('gives up on a server that never answers', async () => {
  const { url } = await serve(() => undefined)
  expect(await failureOf(client({ timeoutMs: 100 }).request({ method: 'GET', url }))).toBe('timeout')
})

test('gives up on a body that never ends', async () => {
  const { url } = await serve((_request, response) => void response.writeHead(200).write('beginning'))
  expect(await failureOf(client({ timeoutMs: 100 }).request({ method: 'GET', url }))).toBe('timeout')
})

test('refuses an answer above the size limit, with and without a declared length', async () => {
  const { url } = await serve((request, response) => {
    if (request.url === '/declared') response.writeHead(200, { 'Content-Length': 5000 })
    for (let part = 0; part < 5; part++) response.write('x'.repeat(1000))
    response.end()
  })
  const small = client({ maxResponseBytes: 2000 })
  expect(await failureOf(small.request({ method: 'GET', url }))).toBe('too_large')
  expect(await failureOf(small.request({ method: 'GET', url: `${url}/declared` }))).toBe('too_large')
})

test('tells a refused connection from an answer', async () => {
  const { url, server } = await serve(() => undefined)
  await new Promise((resolve) => server.close(resolve))
  expect(await failureOf(client().request({ method: 'GET', url }))).toBe('connection')
})

test('tries again only when told to', async () => {
  let left = 2
  const { url, count } = await serve((_request, response) => response.writeHead(left-- > 0 ? 503 : 200).end())
  const http = client()
  expect((await http.request({ method: 'GET', url, retries: 2 })).status).toBe(200)
  expect(count()).toBe(3)
  left = 1
  expect((await http.request({ method: 'GET', url })).status).toBe(503)
  expect(count()).toBe(4)
})

test('after failures in a row leaves the origin alone, then probes it and closes the circuit again', async () => {
  let broken = true
  const { url, count } = await serve((_request, response) => response.writeHead(broken ? 503 : 200).end())
  const other = await serve((_request, response) => response.writeHead(200).end())
  const http = client({ breaker: { failures: 3, openMs: 50 } })
  for (let attempt = 0; attempt < 3; attempt++) await http.request({ method: 'GET', url })
  expect(await failureOf(http.request({ method: 'GET', url }))).toBe('circuit_open')
  expect(count()).toBe(3)
  expect((await http.request({ method: 'GET', url: other.url })).status).toBe(200)
  broken = false
  await expect.poll(() => failureOf(http.request({ method: 'GET', url }))).toBe('answered')
})

test('never logs headers, bodies or the query', async () => {
  const lines: string[] = []
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
  const { url } = await serve((_request, response) => response.writeHead(200).end('rahasia-body'))
  const http = client({ log, timeoutMs: 200 })
  const secrets = { headers: { Authorization: 'Basic rahasia-header' }, body: 'rahasia-sent' }
  await http.request({ method: 'POST', url: `${url}/v2/charge?token=rahasia-query`, ...secrets })
  await failureOf(http.request({ method: 'POST', url: 'http://127.0.0.1:1/?token=rahasia', ...secrets }))
  expect(lines.length).toBe(2)
  expect(lines.join('')).not.toContain('rahasia')
})
