import { connect, type Socket } from 'node:net'
import { once } from 'node:events'
import { Hono } from 'hono'
import { afterEach, expect, it } from 'vitest'
import { recordingLog } from '../../../test/support/door.ts'
import { serve, type HttpServer, type ServeOptions } from './server.ts'

const open: HttpServer[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.stop()))
})

async function started(app: Hono, more: Partial<ServeOptions> = {}): Promise<HttpServer> {
  const server = await serve(app, { host: '127.0.0.1', port: 0, log: recordingLog().log, drainMs: 2_000, ...more })
  open.push(server)
  return server
}
const urlOf = ({ port }: HttpServer) => `http://127.0.0.1:${port}`
async function raw(server: HttpServer, text: string): Promise<{ socket: Socket; answer: Promise<string> }> {
  const socket = connect(server.port, '127.0.0.1')
  await once(socket, 'connect')
  let received = ''
  socket.on('data', (chunk) => (received += String(chunk)))
  socket.on('error', () => undefined)
  const answer = once(socket, 'close').then(() => received)
  socket.write(text)
  return { socket, answer }
}

it('answers over a real socket', async () => {
  const server = await started(new Hono().get('/', (context) => context.text('hello')))
  expect(await (await fetch(urlOf(server))).text()).toBe('hello')
})

it('says what to do when the port is in use or the address is not ours', async () => {
  const server = await started(new Hono())
  const { port } = server
  await expect(started(new Hono(), { port })).rejects.toThrow(
    `Port ${port} is in use: stop the program that uses it, or set PORT to another number.`,
  )
  await expect(started(new Hono(), { host: '203.0.113.9' })).rejects.toThrow('set HOST')
})

it('answers a request that offers another protocol, when there is a listener for upgrades too', async () => {
  const server = await started(new Hono().get('/', (context) => context.text('hello')))
  server.server.on('upgrade', (_request, socket) => socket.destroy())
  const offer =
    'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n\r\n'
  const { answer } = await raw(server, offer)
  expect(await answer).toMatch(/^HTTP\/1\.1 200 [\s\S]*hello/)
})

it('lets a running request finish, takes no new ones, and then is gone', async () => {
  let arrived = () => undefined as void
  let go = () => undefined as void
  const arrival = new Promise<void>((resolve) => (arrived = resolve))
  const mayGo = new Promise<void>((resolve) => (go = resolve))
  const server = await started(
    new Hono().get('/', async (context) => {
      arrived()
      await mayGo
      return context.text('done')
    }),
  )
  const running = fetch(urlOf(server))
  await arrival
  const stopping = server.stop()
  await expect(fetch(urlOf(server))).rejects.toThrow()
  go()
  expect(await (await running).text()).toBe('done')
  await stopping
  expect(server.server.listening).toBe(false)
})

it('does not wait for idle keep-alive connections', async () => {
  const server = await started(
    new Hono().get('/', (context) => context.text('hello')),
    { drainMs: 60_000 },
  )
  const { answer } = await raw(server, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  await expect.poll(() => server.server.listening).toBe(true)
  await server.stop()
  expect(await answer).toContain('hello')
})

it('closes what does not finish in time', async () => {
  let arrived = () => undefined as void
  const arrival = new Promise<void>((resolve) => (arrived = resolve))
  const server = await started(
    new Hono().get('/', () => {
      arrived()
      return new Promise<Response>(() => undefined)
    }),
    { drainMs: 50 },
  )
  const hanging = fetch(urlOf(server))
  hanging.catch(() => undefined)
  await arrival
  await server.stop()
  await expect(hanging).rejects.toThrow()
})

it('gives up on senders that dawdle over the head or the body', async () => {
  const app = new Hono().post('/', async (context) => context.text(String((await context.req.text()).length)))
  app.onError((_error, context) => context.text('gone', 400))
  const server = await started(app, { headersMs: 100, requestMs: 200 })
  const slowHead = await raw(server, 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ')
  const slowBody = await raw(server, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12')
  expect(await slowHead.answer).toMatch(/^HTTP\/1\.1 408 /)
  expect(await slowBody.answer).not.toMatch(/^HTTP\/1\.1 200 /)
})

it.each<[string, string, RegExp]>([
  ['no HTTP', 'hello\r\n\r\n', /^HTTP\/1\.1 400 [\s\S]*problem\+json/],
  ['a head that is too long', `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(20_000)}\r\n\r\n`, /^HTTP\/1\.1 431 /],
  [
    'two lengths',
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
    /^HTTP\/1\.1 400 /,
  ],
  ['a host that is none', 'GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 400 /],
])('refuses %s', async (_what, text, expected) => {
  const server = await started(new Hono().get('/', (context) => context.text('hello')))
  const { answer } = await raw(server, text)
  expect(await answer).toMatch(expected)
})
