import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { connect as connectTcp } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createWorld } from '../../../test/support/world.ts'
import { channelsOf } from '../../domains/realtime/channels.ts'
import { csrfOf } from '../../domains/realtime/realtime.ts'
import { createGateway } from './gateway.ts'
import { LiveMessage } from '../../domains/realtime/contract.ts'
import type { TestWorld } from '../../../test/support/world.ts'
import { SHUTTING_DOWN, SIGNED_OUT } from './hub.ts'

let world: TestWorld
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.dispose())

interface Message {
  type: string
  payload: { event: string; data: { project?: { id: string; name: string } } }
  timestamp: string
  id: string
}
interface Ticket {
  token: string
  csrf: string
  expiresIn: number
  url: string
}

const ticketOf = async (person: string) =>
  (await (await world.request('/api/websocket/token', { as: person })).json()) as Ticket
const address = ({ token, csrf }: Pick<Ticket, 'token' | 'csrf'>) =>
  `${world.url.replace('http:', 'ws:')}/ws?token=${token}&csrf=${csrf}`

/** An open connection, or the status with which it was refused. */
function connect(
  url: string,
  headers: Record<string, string> = {},
): Promise<{ socket: WebSocket; messages: Message[]; until(done: () => boolean): Promise<void> } | number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { headers })
    const messages: Message[] = []
    const waiting = new Set<() => void>()
    socket.on('message', (data) => {
      messages.push(LiveMessage.parse(JSON.parse((data as Buffer).toString())) as Message)
      for (const check of waiting) check()
    })
    const until = (done: () => boolean) =>
      new Promise<void>((arrived) => {
        const check = () => done() && (waiting.delete(check), arrived())
        waiting.add(check)
        check()
      })
    socket.on('open', () => resolve({ socket, messages, until }))
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0))
    socket.on('error', reject)
  })
}
async function open(person: string) {
  const connection = await connect(address(await ticketOf(person)))
  if (typeof connection === 'number') throw new Error(`refused: ${connection}`)
  return connection
}
const order = (person: string, projectName: string) =>
  world.request('/api/orders', {
    method: 'POST',
    as: person,
    idempotencyKey: crypto.randomUUID(),
    body: { plan: 'company', projectName },
  })

it('pushes what was committed to its owner and to the agency, in order, and to nobody else', async () => {
  const [mine, other, admin] = await Promise.all([open('client'), open('otherClient'), open('admin')])
  await order('client', 'Situs <b>tebal</b>')
  await order('otherClient', 'Punya orang lain')
  for (const each of [mine, other]) await each.until(() => each.messages.length >= 2)
  await admin.until(() => admin.messages.length >= 4)
  expect(mine.messages.map(({ payload }) => payload.data.project?.name ?? payload.event)).not.toContain(
    'Punya orang lain',
  )
  const [first] = mine.messages.filter(({ type }) => type === 'project_update')
  expect(first).toMatchObject({
    type: 'project_update',
    payload: { event: 'project.ordered', data: { project: { name: 'Situs <b>tebal</b>' } } },
  })
  expect(new Date(first?.timestamp ?? '').toISOString()).toBe(first?.timestamp)
  const ids = admin.messages.map(({ id }) => Number(id))
  expect(ids).toEqual(ids.toSorted((a, b) => a - b))
  for (const { socket } of [mine, other, admin]) socket.close()
})
it('gives a token of five minutes with the address to connect to', async () => {
  const ticket = await ticketOf('client')
  expect(ticket).toMatchObject({ expiresIn: 300, url: `${world.url.replace('http:', 'ws:')}/ws` })
})
it('refuses a missing or foreign csrf value, a forged token, an access token, and another site', async () => {
  const [ticket, foreign] = await Promise.all([ticketOf('client'), ticketOf('otherClient')])
  expect(await connect(address({ ...ticket, csrf: '' }))).toBe(403)
  expect(await connect(address({ ...ticket, csrf: foreign.csrf }))).toBe(403)
  expect(await connect(address({ ...ticket, token: `${ticket.token.slice(0, -4)}AAAA` }))).toBe(401)
  expect(await connect(address({ token: '', csrf: '' }))).toBe(401)
  expect(await connect(address(ticket), { origin: 'https://evil.example' })).toBe(403)
  expect(await connect(`${world.url.replace('http:', 'ws:')}/lain`)).toBe(404)
  expect(await connect(`${world.url.replace('http:', 'ws:')}//?%`)).toBe(404)
})
it('closes the connections of a session that ends', async () => {
  const { socket } = await open('leaving')
  const closed = new Promise<number>((resolve) => socket.on('close', resolve))
  await world.request('/api/auth/logout', { method: 'POST', as: 'leaving', body: {} })
  expect(await closed).toBe(SIGNED_OUT)
})
it('closes a connection whose session has run out, although nothing tells of it', async () => {
  const { platform, registry, tokens, identity, csrfKey } = world
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const gateway = createGateway({
    events: platform.events,
    types: new Map(registry.events.map((type) => [type.name, type])),
    tokens,
    accountOfSession: identity.accountOfSession,
    channelsOf,
    csrfOf: (sessionId) => csrfOf(csrfKey, sessionId),
    allowedOrigin: world.url,
    log: platform.log,
    pingEvery: 20,
  })
  await gateway.attach(server)
  const ticket = await ticketOf('expiring')
  const { port } = server.address() as AddressInfo
  const connection = await connect(address(ticket).replace(new URL(world.url).host, `127.0.0.1:${port}`))
  if (typeof connection === 'number') throw new Error(`refused: ${connection}`)
  const closed = new Promise<number>((resolve) => connection.socket.on('close', resolve))
  const { sid } = (await tokens.verify(ticket.token, 'realtime')) ?? { sid: '' }
  await platform.database.db
    .updateTable('sessions')
    .set({ expires_at: new Date(0) })
    .where('id', '=', sid)
    .execute()
  expect(await closed).toBe(SIGNED_OUT)
  await gateway.stop()
  await new Promise<void>((resolve) => server.close(() => resolve()))
})
it('lets a person have ten connections', async () => {
  const ticket = await ticketOf('busy')
  const connections = []
  for (let n = 0; n < 10; n++) connections.push(await connect(address(ticket)))
  expect(await connect(address(ticket))).toBe(429)
  for (const connection of connections) if (typeof connection !== 'number') connection.socket.close()
})
/** A connection of bare TCP, which asks for `/ws` and leaves its end open whatever the server does. */
async function bare(query: string) {
  const socket = connectTcp({ port: Number(new URL(world.url).port), host: '127.0.0.1', allowHalfOpen: true })
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  socket.on('error', () => undefined)
  const { host } = new URL(world.url)
  socket.write(
    `GET /ws?${query} HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
  )
  const [first] = (await once(socket, 'data')) as [Buffer]
  return { socket, closed, first: first.toString() }
}
it('lets go of who was refused, also when they do not hang up', async () => {
  const { socket, closed, first } = await bare('token=x&csrf=y')
  expect(first).toMatch(/^HTTP\/1\.1 401 /)
  // To a socket that is gone nothing can be written: the peer's reset ends it here too.
  const knocking = setInterval(() => socket.write('x'), 10)
  await closed
  clearInterval(knocking)
})
it('cuts off who keeps pinging but never reads the answers', async () => {
  const { token, csrf } = await ticketOf('flooding')
  const { socket, closed, first } = await bare(`token=${token}&csrf=${csrf}`)
  expect(first).toMatch(/^HTTP\/1\.1 101 /)
  socket.pause()
  const ping = Buffer.from('{"type":"ping"}')
  const frame = Buffer.concat([Buffer.from([0x81, 0x80 | ping.length, 0, 0, 0, 0]), ping])
  const many = Buffer.concat(Array<Buffer>(10_000).fill(frame))
  const flood = () => void socket.write(many, (error) => error ?? flood())
  flood()
  await closed
})

it('says goodbye when the application stops', async () => {
  const fresh = await createWorld()
  const ticket = (await (await fresh.request('/api/websocket/token', { as: 'client' })).json()) as Ticket
  const connection = await connect(`${fresh.url.replace('http:', 'ws:')}/ws?token=${ticket.token}&csrf=${ticket.csrf}`)
  if (typeof connection === 'number') throw new Error('refused')
  const closed = new Promise<number>((resolve) => connection.socket.on('close', resolve))
  await fresh.dispose()
  expect(await closed).toBe(SHUTTING_DOWN)
})
