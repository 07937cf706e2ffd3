import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { SMTPServer } from 'smtp-server'
import type { AddressInfo } from 'node:net'
import { createWorld } from '../../../test/support/world.ts'
import type { TestWorld } from '../../../test/support/world.ts'

interface Received {
  to: string
  raw: string
}
let refuse: ((address: string) => Error | null) | null = null
const received: Received[] = []
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onRcptTo: ({ address }, _session, done) => done(refuse?.(address) ?? null),
  onData(stream, session, done) {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', () => {
      received.push({ to: session.envelope.rcptTo[0]?.address ?? '', raw: Buffer.concat(chunks).toString('utf8') })
      done()
    })
  },
})
let world: TestWorld
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  world = await createWorld({ env: { SMTP_URL: `smtp://127.0.0.1:${port}` } })
})
afterAll(async () => {
  await world.dispose()
  await new Promise<void>((resolve) => server.close(() => resolve()))
})
afterEach(() => void (refuse = null))

const register = (email: string, headers: Record<string, string> = {}) =>
  world.request('/api/auth/register', {
    method: 'POST',
    headers,
    body: { name: 'Ayu <Lestari>', email, password: 'kopi-tubruk-pagi' },
  })
const mailTo = async (address: string) => {
  const { data } = (await (
    await world.request(`/api/admin/mails?search=${encodeURIComponent(address)}`, { as: 'admin' })
  ).json()) as { data: { id: string; status: string; error: string | null; to: string }[] }
  return data[0]
}
async function until<T>(read: () => Promise<T>, done: (value: T) => boolean): Promise<T> {
  for (let tries = 0; tries < 400; tries++) {
    const value = await read()
    if (done(value)) return value
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('it never came to be')
}

it('carries mail to the server in the reader’s language, with the name as text', async () => {
  await register('ayu@contoh.test', { 'accept-language': 'en' })
  const mail = await until(
    () => mailTo('ayu@contoh.test'),
    (each) => each?.status === 'sent',
  )
  const [got] = received.filter(({ to }) => to === 'ayu@contoh.test')
  expect(got?.raw).toContain('Subject: Confirm your e-mail address')
  const detail = (await (await world.request(`/api/admin/mails/${mail?.id}`, { as: 'admin' })).json()) as {
    html: string
    text: string
  }
  expect(detail.html).toContain('Ayu &lt;Lestari&gt;')
  expect(detail.html).not.toContain('<Lestari>')
  expect(detail.text).toContain('Ayu <Lestari>')
})
it('gives up at once on an address that does not exist, and sends it again when asked', async () => {
  refuse = () => Object.assign(new Error('No such user'), { responseCode: 550 })
  await register('hilang@contoh.test')
  const failed = await until(
    () => mailTo('hilang@contoh.test'),
    (each) => each?.status === 'failed',
  )
  expect(failed?.error).toContain('No such user')
  const inState = async (status: string) => {
    const answer = await world.request(`/api/admin/mails?status=${status}`, { as: 'admin' })
    return ((await answer.json()) as { data: { id: string }[] }).data.map(({ id }) => id)
  }
  expect(await inState('failed')).toEqual([failed?.id])
  expect(await inState('sent')).not.toContain(failed?.id)
  refuse = null
  expect(
    (await world.request(`/api/admin/mails/${failed?.id}/resend`, { method: 'POST', as: 'admin', body: {} })).status,
  ).toBe(200)
  await until(
    () => mailTo('hilang@contoh.test'),
    (each) => each?.status === 'sent',
  )
})
it('keeps mail that the server cannot take just now for a later attempt', async () => {
  refuse = () => Object.assign(new Error('Busy'), { responseCode: 451 })
  await register('nanti@contoh.test')
  const waiting = await until(
    () => mailTo('nanti@contoh.test'),
    (each) => each?.error !== null,
  )
  expect(waiting).toMatchObject({ status: 'queued', error: expect.stringContaining('Busy') })
})
it('is for the agency alone', async () => {
  expect((await world.request('/api/admin/mails', { as: 'client' })).status).toBe(403)
})
