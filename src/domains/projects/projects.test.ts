import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAgency, refusal } from '../../../test/support/agency.ts'
import type { Agency } from '../../../test/support/agency.ts'
import type { Account } from '../../platform/contract/call.ts'
import type { Problem } from '../../platform/contract/problem.ts'
import { newId } from '../../platform/ids.ts'
import { getInvoice, listInvoices, receiveNotification, startPayment } from '../billing/contract.ts'
import {
  approveProject,
  cancelProject,
  countProjects,
  getProject,
  listProjects,
  placeOrder,
  requestRevision,
  startProject,
  submitProject,
} from './contract.ts'
import type { ProjectStatus, ProjectVerb } from './contract.ts'

let agency: Agency
let client: Account
let stranger: Account
let admin: Account
beforeAll(async () => {
  agency = await createAgency()
  client = await agency.person('client', 'Budi')
  stranger = await agency.person('client', 'Sari')
  admin = await agency.person('admin', 'Owner')
})
afterAll(() => agency.drop())

const order = (over: object = {}, key?: string) =>
  agency.call(client, placeOrder, { plan: 'company', projectName: 'Toko Budi', ...over }, key)
const get = (id: string, as = client) => agency.call(as, getProject, { id })
async function pay(invoiceId: string) {
  const { orderId } = await agency.call(client, startPayment, { id: invoiceId, method: 'qris' })
  await agency.call(null, receiveNotification, agency.provider.notification(agency.provider.world.pay(orderId)))
  await agency.processInbox()
}
const act: Record<ProjectVerb, (id: string, as: Account) => Promise<unknown>> = {
  start: (id, as) => agency.call(as, startProject, { id, reason: 'paid by transfer' }),
  submit: (id, as) => agency.call(as, submitProject, { id }),
  request_revision: (id, as) => agency.call(as, requestRevision, { id, note: 'bigger logo' }),
  approve: (id, as) => agency.call(as, approveProject, { id }),
  cancel: (id, as) => agency.call(as, cancelProject, { id }),
}

describe('an order', () => {
  test('keeps plan, template, brief and name, and tells both events', async () => {
    const { rows } = await agency.database.pool.query<{ id: string; slug: string }>(
      `select t.id, t.slug from templates t join plans p on p.id = t.plan_id where p.slug = 'company' limit 1`,
    )
    const [template] = rows
    const { project, invoice } = await order({ templateId: template?.id, brief: { kind: 'company', about: 'Kopi' } })
    expect(await get(project.id)).toMatchObject({
      name: 'Toko Budi',
      plan: 'company',
      planName: 'Company Profile',
      status: 'pending_payment',
      template: { slug: template?.slug },
      client: { name: 'Budi' },
      invoiceId: invoice.id,
      revisions: 0,
      supportUntil: null,
      brief: { kind: 'company', about: 'Kopi' },
      timeline: [{ kind: 'ordered', status: 'pending_payment', by: 'client', note: null }],
      verbs: ['cancel'],
    })
    expect((await agency.eventsOf(`project:${project.id}`)).map(({ type }) => type)).toEqual(['project.ordered'])
  })
  test('of what is not offered is refused', async () => {
    expect(await refusal(order({ plan: 'unknown' }))).toBe('plan_not_offered')
    await agency.database.pool.query(`update plans set visible = false where slug = 'berita'`)
    expect(await refusal(order({ plan: 'berita' }))).toBe('plan_not_offered')
    expect(await refusal(order({ templateId: newId() }))).toBe('template_not_offered')
    const { rows } = await agency.database.pool.query<{ id: string }>(
      `select t.id from templates t join plans p on p.id = t.plan_id where p.slug = 'sekolah' limit 1`,
    )
    expect(await refusal(order({ templateId: rows[0]?.id }))).toBe('template_not_offered')
    expect(await refusal(order({ brief: { kind: 'news' } }))).toBe('invalid_input')
  })
  test('sent twice with one Idempotency-Key is one order', async () => {
    const key = 'order-1'
    const answers = await Promise.allSettled(Array.from({ length: 10 }, () => order({}, key)))
    const done = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value.project.id] : []))
    expect(new Set([...done, (await order({}, key)).project.id]).size).toBe(1)
  })
})

describe('the way of a project', () => {
  test('from payment over a revision to completion with support', async () => {
    const { project, invoice } = await order()
    await pay(invoice.id)
    await agency.call(admin, submitProject, { id: project.id, note: 'please look' })
    await act.request_revision(project.id, client)
    await act.submit(project.id, admin)
    const done = await agency.call(client, approveProject, { id: project.id })
    const supportUntil = new Date(agency.clock.now().getTime() + 30 * 86_400_000).toISOString()
    expect(done).toMatchObject({ status: 'completed', revisions: 1, supportUntil, verbs: [] })
    expect(done.timeline.map(({ kind, by, note }) => [kind, by, note])).toEqual([
      ['ordered', 'client', null],
      ['paid', 'system', null],
      ['submitted', 'agency', 'please look'],
      ['revision_requested', 'client', 'bigger logo'],
      ['submitted', 'agency', null],
      ['approved', 'client', null],
    ])
    expect((await agency.eventsOf(`project:${project.id}`)).map(({ type }) => type)).toEqual([
      'project.ordered',
      'project.started',
      'project.submitted',
      'project.revision_requested',
      'project.submitted',
      'project.completed',
    ])
  })
  test('started by hand is not started again by its payment, which is told in the timeline', async () => {
    const { project, invoice } = await order()
    await act.start(project.id, admin)
    const started = { kind: 'started', by: 'agency', note: 'paid by transfer' }
    expect((await agency.call(admin, getProject, { id: project.id })).timeline.at(-1)).toMatchObject(started)
    // Why is the agency's to know.
    expect((await get(project.id)).timeline.at(-1)).toMatchObject({ ...started, note: null })
    const { rows } = await agency.database.pool.query<{ data: object; shown: object }>(
      `select data, shown from events where type = 'project.started' and subject = $1`,
      [`project:${project.id}`],
    )
    expect(rows[0]!.data).toMatchObject({ note: 'paid by transfer' })
    expect(rows[0]!.shown).toEqual({ ...rows[0]!.data, note: null })
    await act.submit(project.id, admin)
    await pay(invoice.id)
    expect(await get(project.id)).toMatchObject({
      status: 'review',
      timeline: [{}, {}, {}, { kind: 'paid', status: 'review', by: 'system' }],
    })
  })
  test('cancelled by the client before payment; after it only by the agency, and the paid invoice stays', async () => {
    const unpaid = await order()
    await act.cancel(unpaid.project.id, client)
    expect((await agency.call(client, getInvoice, { id: unpaid.invoice.id })).status).toBe('cancelled')
    const paid = await order()
    await pay(paid.invoice.id)
    expect(await refusal(act.cancel(paid.project.id, client))).toBe('transition_refused')
    await act.cancel(paid.project.id, admin)
    expect((await agency.call(client, getInvoice, { id: paid.invoice.id })).status).toBe('paid')
  })
  test('a refusal gives its reason and changes nothing', async () => {
    const { project } = await order()
    await expect(act.approve(project.id, client)).rejects.toMatchObject({
      details: { detail: 'The project is waiting for payment; it cannot be approved now.' },
    })
    expect((await get(project.id)).timeline).toHaveLength(1)
  })
})

test('another client gets 404 for everything, and lists only their own', async () => {
  const { project } = await order()
  expect(await refusal(get(project.id, stranger))).toBe('not_found')
  for (const verb of ['request_revision', 'approve', 'cancel'] as const)
    expect(await refusal(act[verb](project.id, stranger))).toBe('not_found')
  for (const verb of ['start', 'submit'] as const)
    expect(await refusal(act[verb](project.id, stranger))).toBe('forbidden')
  for (const verb of ['request_revision', 'approve'] as const)
    expect(await refusal(act[verb](project.id, admin))).toBe('forbidden')
  expect((await agency.call(stranger, listProjects, {})).data).toEqual([])
  expect(await agency.call(stranger, countProjects, {})).toEqual({
    pending_payment: 0,
    in_progress: 0,
    review: 0,
    completed: 0,
    cancelled: 0,
  })
})

test('lists newest first, page by page, by status, client and words', async () => {
  const owner = await agency.person('client', 'Wati 100%')
  const ids: string[] = []
  for (let n = 0; n < 5; n++)
    ids.unshift((await agency.call(owner, placeOrder, { plan: 'company', projectName: `Situs ${n}` })).project.id)
  await agency.call(owner, cancelProject, { id: ids[0] ?? '' })
  const first = await agency.call(owner, listProjects, { limit: 3 })
  const second = await agency.call(owner, listProjects, { limit: 3, cursor: first.nextCursor ?? undefined })
  expect([...first.data, ...second.data].map(({ id }) => id)).toEqual(ids)
  expect(second.nextCursor).toBeNull()
  expect(
    (await agency.call(admin, listProjects, { clientId: owner.id, status: 'cancelled' })).data.map(({ id }) => id),
  ).toEqual([ids[0]])
  expect((await agency.call(admin, listProjects, { search: '0%' })).data).toHaveLength(5)
  expect((await agency.call(owner, listProjects, { search: 'situs 3' })).data).toHaveLength(1)
  expect((await agency.call(owner, listInvoices, { status: 'cancelled' })).data).toHaveLength(1)
  expect(await refusal(agency.call(owner, listProjects, { cursor: 'nonsense' }))).toBe('invalid_input')
})

test('fifty approvals and cancellations at once have one winner', async () => {
  for (let round = 0; round < 3; round++) {
    const { project, invoice } = await order()
    await pay(invoice.id)
    await act.submit(project.id, admin)
    const tries = Array.from({ length: 50 }, (_, n) =>
      n % 2 ? act.approve(project.id, client) : act.cancel(project.id, admin),
    )
    const results = await Promise.allSettled(tries)
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const result of results) {
      if (result.status === 'rejected') expect((result.reason as Problem).type.code).toBe('transition_refused')
    }
    expect((await get(project.id)).timeline).toHaveLength(4)
  }
})

test('random verbs of both sides lead where a simple model says', async () => {
  // In other words than the rules': what each side can turn a status into.
  const model: Record<string, ProjectStatus> = {
    'agency start pending_payment': 'in_progress',
    'agency submit in_progress': 'review',
    'client request_revision review': 'in_progress',
    'client approve review': 'completed',
    'client cancel pending_payment': 'cancelled',
    'agency cancel pending_payment': 'cancelled',
    'agency cancel in_progress': 'cancelled',
    'agency cancel review': 'cancelled',
  }
  const agencyVerbs = ['start', 'submit', 'cancel'] as const
  const clientVerbs = ['request_revision', 'approve', 'cancel'] as const
  const step = fc.oneof(
    fc.record({ side: fc.constant('agency' as const), verb: fc.constantFrom(...agencyVerbs) }),
    fc.record({ side: fc.constant('client' as const), verb: fc.constantFrom(...clientVerbs) }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12, size: 'max' }), async (steps) => {
      const { project } = await order()
      let status: ProjectStatus = 'pending_payment'
      let moves = 1
      for (const { side, verb } of steps) {
        const to: ProjectStatus | undefined = model[`${side} ${verb} ${status}`]
        const tried = act[verb](project.id, side === 'agency' ? admin : client)
        if (!to) expect(await refusal(tried)).toBe('transition_refused')
        else {
          await tried
          status = to
          moves++
        }
      }
      const after = await get(project.id)
      expect(after.status).toBe(status)
      expect(after.timeline).toHaveLength(moves)
      expect(after.supportUntil !== null).toBe(status === 'completed')
    }),
    { numRuns: 40 },
  )
})
