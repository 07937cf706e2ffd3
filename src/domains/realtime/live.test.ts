// The slice and the gateway together, in the real application: what the console sees of somebody who is really there.
import { WebSocket } from 'ws'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createWorld } from '../../../test/support/world.ts'
import type { TestWorld } from '../../../test/support/world.ts'
import { newId } from '../../platform/ids.ts'

let world: TestWorld
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.dispose())

const ask = (path: string, init: Parameters<TestWorld['request']>[1]) => world.request(path, init)
const bodyOf = async (answer: Promise<Response>): Promise<unknown> => (await answer).json()
const get = (path: string) => bodyOf(ask(path, { as: 'admin' }))
interface Recorded {
  data: { messageId: string }[]
  totals: { all: number }
}
interface Listed {
  data: { id: string; status: string; closeCode: number | null; messages: number; channels: string[] }[]
}

it('sees a connection come, read, acknowledge and go', async () => {
  const me = (await bodyOf(ask('/api/auth/me', { as: 'client' }))) as { user: { id: string } }
  const opening = (await bodyOf(ask('/api/websocket/token', { as: 'client' }))) as { token: string; csrf: string }
  const socket = new WebSocket(`${world.url.replace('http', 'ws')}/ws?token=${opening.token}&csrf=${opening.csrf}`, {
    origin: world.url,
  })
  const messages: { id: string; type: string }[] = []
  socket.on('message', (text: Buffer) => messages.push(JSON.parse(text.toString()) as { id: string; type: string }))
  const closed = new Promise<number>((resolve) => socket.once('close', resolve))
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))

  const connections = `/api/admin/websocket/connections?userId=${me.user.id}`
  const listed = async () => ((await get(connections)) as Listed).data[0]
  await vi.waitFor(async () => expect(await listed()).toMatchObject({ status: 'open' }), 5_000)
  const connection = await listed()
  expect(connection?.channels.toSorted()).toEqual(['role:client', 'system', `user:${me.user.id}`].toSorted())
  expect(await get('/api/admin/websocket/status')).toMatchObject({ connections: 1, list: [{ id: connection?.id }] })

  await ask('/api/orders', {
    method: 'POST',
    as: 'client',
    body: { plan: 'company', projectName: 'Situs' },
    idempotencyKey: newId(),
  })
  const pushed = () => messages.filter(({ type }) => type.endsWith('_update'))
  await vi.waitFor(() => expect(pushed().length).toBeGreaterThan(0), 5_000)
  const last = pushed().at(-1)!
  const records = `/api/admin/websocket/messages?connectionId=${connection?.id}`
  await vi.waitFor(async () => {
    const { data, totals } = (await get(records)) as Recorded
    expect(data.map(({ messageId }) => messageId).toSorted()).toEqual(
      pushed()
        .map(({ id }) => id)
        .toSorted(),
    )
    expect(totals.all).toBe(data.length)
  }, 5_000)

  socket.send(JSON.stringify({ type: 'ack', id: last.id }))
  await vi.waitFor(async () => {
    const { rows } = await world.database.database.pool.query('select * from realtime_inboxes where user_id = $1', [
      me.user.id,
    ])
    expect(rows).toMatchObject([{ acknowledged: Number(last.id), oldest_unacknowledged_at: null }])
  }, 5_000)

  const asked = await ask(`/api/admin/websocket/connections/${connection?.id}/disconnect`, {
    method: 'POST',
    as: 'admin',
    body: { reconnect: false, reason: 'spam' },
  })
  expect(asked.status).toBe(202)
  const code = await closed
  await vi.waitFor(
    async () => expect(await listed()).toMatchObject({ status: 'closed', closeCode: code, messages: pushed().length }),
    5_000,
  )
})
