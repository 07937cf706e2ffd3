// The main job through the public interface alone: order, pay by QRIS in the sandbox, work, revise, approve; and what the
// books say at the end. Everything runs over real sockets: the adapter asks the emulator over HTTP, which notifies over HTTP.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createWorld } from './support/world.ts'
import type { TestWorld } from './support/world.ts'

let world: TestWorld
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.dispose())

interface Ordered {
  project: { id: string; status: string }
  invoice: { id: string; number: string; total: number; status: string }
}
interface Payment {
  id: string
  status: string
  amount: number
  qrString: string
  orderId: string
  qrImageUrl: string
}
interface Project {
  status: string
  verbs: string[]
  timeline: { kind: string; status: string; note: string | null; by: string }[]
}
interface Invoice {
  status: string
  balance: number
  payments: Payment[]
}

async function json<T>(path: string, init: Parameters<TestWorld['request']>[1] = {}, status = 200): Promise<T> {
  const answer = await world.request(path, init)
  const body = await answer.text()
  expect([answer.status, body.slice(0, 300)]).toEqual([status, expect.anything()])
  return JSON.parse(body) as T
}
const key = () => crypto.randomUUID()
const order = (as: string, body: object = { plan: 'company', projectName: 'Situs Kopi Gayo' }) =>
  json<Ordered>('/api/orders', { method: 'POST', as, idempotencyKey: key(), body }, 201)
const pay = (as: string, invoiceId: string) =>
  json<Payment>(
    `/api/invoices/${invoiceId}/payments`,
    { method: 'POST', as, idempotencyKey: key(), body: { method: 'qris' } },
    201,
  )
const play = (qrString: string, scenario = 'pay') =>
  json('/sandbox/wallet/pay', { method: 'POST', body: { qrString, scenario } })
async function until<T>(read: () => Promise<T>, done: (value: T) => boolean): Promise<T> {
  for (let tries = 0; tries < 400; tries++) {
    const value = await read()
    if (done(value)) return value
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('it never came to be')
}
const project = (as: string, id: string) => json<Project>(`/api/projects/${id}`, { as })
const invoice = (as: string, id: string) => json<Invoice>(`/api/invoices/${id}`, { as })

it('goes from the order over the payment to the completed project', async () => {
  const ordered = await order('client', {
    plan: 'sekolah',
    projectName: 'SMA Cendekia',
    brief: 'Sekolah kami di Sleman.',
  })
  expect(ordered).toMatchObject({
    project: { status: 'pending_payment' },
    invoice: { total: 2_500_000, status: 'unpaid' },
  })
  expect(ordered.invoice.number).toMatch(/^INV\/\d{4}\/[IVX]+\/\d{4}$/)
  const payment = await pay('client', ordered.invoice.id)
  expect(payment).toMatchObject({ status: 'pending', amount: 2_500_000, qrString: expect.stringMatching(/^000201/) })
  const picture = await fetch(payment.qrImageUrl.replace('localhost', '127.0.0.1'))
  expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png'])

  await play(payment.qrString)
  const begun = await until(
    () => project('client', ordered.project.id),
    ({ status }) => status === 'in_progress',
  )
  expect(begun.timeline.map(({ kind }) => kind)).toEqual(['ordered', 'paid'])
  expect(await invoice('client', ordered.invoice.id)).toMatchObject({
    status: 'paid',
    balance: 0,
    payments: [{ status: 'settled' }],
  })

  const verb = (as: string, name: string, body: object = {}) =>
    json<Project>(`/api/projects/${ordered.project.id}/${name}`, { method: 'POST', as, body })
  expect((await verb('admin', 'submit')).status).toBe('review')
  expect(await verb('client', 'request-revision', { note: 'Warna tombol lebih tua' })).toMatchObject({
    status: 'in_progress',
  })
  await verb('admin', 'submit')
  const completed = await verb('client', 'approve')
  expect(completed).toMatchObject({ status: 'completed', verbs: [] })
  expect(completed.timeline.map(({ kind }) => kind)).toEqual([
    'ordered',
    'paid',
    'submitted',
    'revision_requested',
    'submitted',
    'approved',
  ])

  const ledger = await json<{ data: { debit: number; credit: number }[] }>(
    `/api/admin/invoices/${ordered.invoice.id}/ledger`,
    { as: 'admin' },
  )
  expect(ledger.data.reduce((sum, { debit, credit }) => sum + debit - credit, 0)).toBe(0)
  await world.platform.events.caughtUp()
  const mails = await json<{ data: { kind: string }[] }>('/api/admin/mails?limit=100', { as: 'admin' })
  expect(mails.data.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining([
      'verify_email',
      'order',
      'paid',
      'project_submitted',
      'project_revision',
      'project_completed',
    ]),
  )
})
it('keeps the project of one client from another, as if it were not there', async () => {
  const { project: mine, invoice: bill } = await order('client')
  for (const path of [`/api/projects/${mine.id}`, `/api/invoices/${bill.id}`]) {
    expect((await world.request(path, { as: 'otherClient' })).status).toBe(404)
  }
  const theft = await world.request(`/api/invoices/${bill.id}/payments`, {
    method: 'POST',
    as: 'otherClient',
    idempotencyKey: key(),
    body: { method: 'qris' },
  })
  expect(theft.status).toBe(404)
})
it('books a payment that comes twice, late, or reordered once for each real payment', async () => {
  for (const [scenario, balance] of [
    ['pay_twice', -2_000_000],
    ['pay_late', 0],
    ['duplicate', 0],
    ['reorder', 0],
  ] as const) {
    const ordered = await order('client')
    const payment = await pay('client', ordered.invoice.id)
    await play(payment.qrString, scenario)
    const paid = await until(
      () => invoice('client', ordered.invoice.id),
      (read) => read.balance === balance,
    )
    expect([scenario, paid.status]).toEqual([scenario, 'paid'])
    expect((await project('client', ordered.project.id)).status).toBe('in_progress')
  }
})
it('books nothing for a denied payment, an expired code, a bad signature or a wrong amount; a new code can be paid', async () => {
  for (const [scenario, status] of [
    ['deny', 'failed'],
    ['expire', 'expired'],
    ['bad_signature', 'pending'],
    ['wrong_amount', 'pending'],
  ] as const) {
    const ordered = await order('client')
    const payment = await pay('client', ordered.invoice.id)
    await play(payment.qrString, scenario)
    const read = await until(
      () => invoice('client', ordered.invoice.id),
      (each) => each.status === status,
    )
    expect([scenario, read.balance]).toEqual([scenario, 2_000_000])
    const again = await pay('client', ordered.invoice.id)
    await play(again.qrString)
    await until(
      () => invoice('client', ordered.invoice.id),
      (each) => each.status === 'paid',
    )
  }
})
it('gives one answer and one project to ten orders with one key', async () => {
  const idempotencyKey = key()
  const body = { plan: 'berita', projectName: 'Kabar Sulawesi' }
  const answers = await Promise.all(
    Array.from({ length: 10 }, () =>
      world.request('/api/orders', { method: 'POST', as: 'onlyOnce', idempotencyKey, body }),
    ),
  )
  const ids = new Set<string>()
  for (const answer of answers) {
    expect([201, 409]).toContain(answer.status)
    if (answer.status === 201) ids.add(((await answer.json()) as Ordered).project.id)
  }
  expect(ids.size).toBe(1)
  expect((await json<{ data: unknown[] }>('/api/projects', { as: 'onlyOnce' })).data).toHaveLength(1)
})
