// The gateway in the real application: what the business commits reaches the people it concerns.
import { connect as connectTcp } from 'node:net'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { createWorld } from '../../../test/support/world.ts'
import type { TestWorld } from '../../../test/support/world.ts'
import { LiveMessage } from '../../domains/realtime/contract.ts'
import { closes } from './codes.ts'

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
interface Opened {
  socket: WebSocket
  messages: Message[]
}

const ticketOf = async (person: string) =>
  (await (await world.request('/api/websocket/token', { as: person })).json()) as Ticket
const address = ({ token, csrf }: Pick<Ticket, 'token' | 'csrf'>, more = '') =>
  `${world.url.replace('http:', 'ws:')}/ws?token=${token}&csrf=${csrf}${more}`

/** An open connection, or the status with which it was refused. */
function connect(url: string, headers: Record<string, string> = {}): Promise<Opened | number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { headers })
    const messages: Message[] = []
    socket.on('message', (data) => {
      const message = JSON.parse((data as Buffer).toString()) as { type: string }
      if (/_(update|notification)$/.test(message.type)) messages.push(LiveMessage.parse(message) as Message)
    })
    socket.on('open', () => resolve({ socket, messages }))
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0))
    socket.on('error', reject)
  })
}
async function open(person: string, more = ''): Promise<Opened> {
  const connection = await connect(address(await ticketOf(person), more))
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
  await vi.waitFor(() => {
    for (const each of [mine, other]) expect(each.messages.length).toBeGreaterThanOrEqual(2)
    expect(admin.messages.length).toBeGreaterThanOrEqual(4)
  })
  expect(mine.messages.map(({ payload }) => payload.data.project?.name)).not.toContain('Punya orang lain')
  const [first] = mine.messages.filter(({ type }) => type === 'project_update')
  expect(first).toMatchObject({
    type: 'project_update',
    payload: { event: 'project.ordered', data: { project: { name: 'Situs <b>tebal</b>' } } },
  })
  const ids = admin.messages.map(({ id }) => Number(id))
  expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => a - b))
  for (const { socket } of [mine, other, admin]) socket.close()
})
it('delivers at the next connection what was missed meanwhile, until it is acknowledged', async () => {
  const before = await open('away')
  before.socket.close()
  await order('away', 'Situs saya')
  const first = await open('away')
  await vi.waitFor(() => expect(first.messages.map(({ payload }) => payload.event)).toContain('project.ordered'))
  first.socket.close()
  const second = await open('away')
  await vi.waitFor(() => expect(second.messages.length).toBe(first.messages.length))
  const last = second.messages.at(-1)!.id
  const acknowledged = new Promise<string>((resolve) =>
    second.socket.on(
      'message',
      (data) => (data as Buffer).includes('acknowledged') && resolve((data as Buffer).toString()),
    ),
  )
  second.socket.send(JSON.stringify({ type: 'ack', id: last, ref: 'r' }))
  expect(JSON.parse(await acknowledged)).toEqual({ type: 'acknowledged', id: last, ref: 'r' })
  second.socket.close()
  const third = await open('away')
  await order('away', 'Situs kedua')
  await vi.waitFor(() => expect(third.messages.length).toBe(2))
  expect(third.messages[0]?.payload.data.project?.name).toBe('Situs kedua')
  third.socket.close()
})
it('resumes after a message, whatever else was acknowledged', async () => {
  const first = await open('resuming')
  await order('resuming', 'Satu')
  await vi.waitFor(() => expect(first.messages.length).toBe(2))
  const [seen] = first.messages
  first.socket.terminate()
  await order('resuming', 'Dua')
  const again = await open('resuming', `&resume=${seen!.id}`)
  await vi.waitFor(() => expect(again.messages.length).toBe(3))
  expect(again.messages[0]?.id).toBe(first.messages[1]?.id)
  again.socket.close()
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
it('takes the token from the subprotocols, where no log keeps it', async () => {
  const { token } = await ticketOf('client')
  const socket = new WebSocket(`${world.url.replace('http:', 'ws:')}/ws`, ['jasaweb.v1', `token.${token}`])
  await once(socket, 'open')
  expect(socket.protocol).toBe('jasaweb.v1')
  socket.close()
})
it('closes the connections of a session that ends, and refuses its tokens', async () => {
  const ticket = await ticketOf('leaving')
  const { socket } = await open('leaving')
  const closed = once(socket, 'close')
  await world.request('/api/auth/logout', { method: 'POST', as: 'leaving', body: {} })
  expect((await closed)[0]).toBe(closes.signedOut.code)
  expect(await connect(address(ticket))).toBe(401)
})
it('closes the connections of who is blocked, and has those of another role come back with new rights', async () => {
  const me = async (person: string) =>
    ((await (await world.request('/api/auth/me', { as: person })).json()) as { user: { id: string } }).user.id
  const act = (id: string, verb: string, body: object) =>
    world.request(`/api/admin/users/${id}/${verb}`, { method: 'POST', as: 'admin', body })
  const [blocked, promoted] = [await open('troublesome'), await open('promoted')]
  const closed = [once(blocked.socket, 'close'), once(promoted.socket, 'close')]
  const ticket = await ticketOf('promoted')
  await act(await me('troublesome'), 'block', { reason: 'Spam' })
  await act(await me('promoted'), 'role', { role: 'admin' })
  expect((await Promise.all(closed)).map(([code]) => code as number)).toEqual([
    closes.forced.code,
    closes.rightsChanged.code,
  ])
  // What the old token says is no longer so.
  expect(await connect(address(ticket))).toBe(401)
  // Tokens of the second in which rights changed are refused.
  await vi.waitFor(async () => (await open('promoted')).socket.close(), { timeout: 5_000 })
})
it('lets a person have ten connections, and says when to come back', async () => {
  const ticket = await ticketOf('busy')
  const connections: (Opened | number)[] = []
  for (let n = 0; n < 10; n++) connections.push(await connect(address(ticket)))
  const refused = await fetch(`${world.url}/connection/sse?token=${ticket.token}&csrf=${ticket.csrf}`)
  expect([await connect(address(ticket)), refused.status, refused.headers.get('retry-after')]).toEqual([429, 429, '30'])
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
it('cuts off who keeps asking but never reads the answers', async () => {
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
it('says goodbye when the application stops, and when to come back', async () => {
  const fresh = await createWorld()
  const ticket = (await (await fresh.request('/api/websocket/token', { as: 'client' })).json()) as Ticket
  const connection = await connect(`${fresh.url.replace('http:', 'ws:')}/ws?token=${ticket.token}&csrf=${ticket.csrf}`)
  if (typeof connection === 'number') throw new Error('refused')
  const told: { type: string }[] = []
  connection.socket.on('message', (data) => told.push(JSON.parse((data as Buffer).toString()) as { type: string }))
  const closed = once(connection.socket, 'close')
  await fresh.dispose()
  expect((await closed)[0]).toBe(closes.shutdown.code)
  expect(told.at(-1)).toMatchObject({ type: 'reconnect', after: expect.any(Number) })
})
