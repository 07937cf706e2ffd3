// The hands of everybody in the demo: each method is a call of a real operation as the person who would make it, and ends
// when what it brings about (a payment on its way through provider, notification and ledger) has come to pass.
import { setTimeout as sleep } from 'node:timers/promises'
import type { App } from '../../app.ts'
import * as billing from '../../domains/billing/contract.ts'
import * as sandbox from '../../domains/billing/sandbox/contract.ts'
import * as content from '../../domains/content/contract.ts'
import * as identity from '../../domains/identity/contract.ts'
import * as notifications from '../../domains/notifications/contract.ts'
import * as projects from '../../domains/projects/contract.ts'
import type { Caller } from '../../platform/contract/call.ts'
import { createCaller } from '../../platform/contract/dispatch.ts'
import type { OperationCaller } from '../../platform/contract/dispatch.ts'
import type { Locale } from '../../platform/contract/shapes.ts'
import { newId } from '../../platform/ids.ts'
import type { StoryClock } from './clock.ts'
import type { Client } from './people.ts'
import type { Chance } from './random.ts'
import { briefOf, projectName } from './words.ts'

/** One website that a client orders; the ids are known once it was ordered. */
export interface Order {
  client: Client
  /** How many the client has ordered before. */
  number: number
  projectId: string
  invoiceId: string
  /** The code that can be paid now, or was last. */
  payment: { id: string; qrString: string; expiresAt: Date } | null
}
export type Wallet = 'pay' | 'duplicate' | 'reorder' | 'pay_twice' | 'deny' | 'wrong_amount'
export type Agency = ReturnType<typeof createAgency>

const LONGEST_MS = 60_000

export interface AgencyOptions {
  app: App
  clock: StoryClock
  owner: { email: string; password: string }
  /** The password of every client. */
  password: string
  chance: Chance
}

export function createAgency({ app, clock, owner, password, chance }: AgencyOptions) {
  const people = new Map<string, OperationCaller>()
  let agency: OperationCaller | undefined

  function as(caller: Caller, locale: Locale): OperationCaller {
    const session = { open: () => undefined, close: () => undefined }
    const userAgent = 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36'
    return (operation, input, options) =>
      createCaller(app.dispatch, { caller, requestId: newId(clock), locale, userAgent, session })(
        operation,
        input,
        options,
      )
  }
  const stranger = (locale: Locale) => as({ kind: 'anonymous', address: `203.0.113.${chance.whole(1, 254)}` }, locale)
  function signedIn(
    user: { id: string; name: string; email: string; role: 'client' | 'admin' | 'staff' },
    locale: Locale,
  ) {
    const caller = {
      kind: 'user' as const,
      user: { ...user, locale, emailVerified: true },
      sessionId: newId(clock),
      address: '203.0.113.7',
      via: 'cookie' as const,
    }
    return as(caller, locale)
  }
  const personOf = ({ email }: Client): OperationCaller => {
    const person = people.get(email)
    if (!person) throw new Error(`${email} has not registered yet`)
    return person
  }
  async function office(): Promise<OperationCaller> {
    if (agency) return agency
    const { user } = await stranger('id')(identity.login, owner)
    return (agency = signedIn(user, 'id'))
  }
  const key = () => ({ idempotencyKey: newId(clock) })

  /** Reads until it is so; a year of business would be worth nothing with a step missing. */
  async function until<T>(what: string, read: () => Promise<T>, done: (value: T) => boolean): Promise<T> {
    const began = performance.now()
    for (;;) {
      const value = await read()
      if (done(value)) return value
      if (performance.now() - began > LONGEST_MS) throw new Error(`The demo waited in vain: ${what}`)
      await sleep(4)
    }
  }
  const invoiceOf = async ({ invoiceId }: Order) => (await office())(billing.getInvoice, { id: invoiceId })
  const untilInvoice = (
    order: Order,
    what: string,
    done: (invoice: Awaited<ReturnType<typeof invoiceOf>>) => boolean,
  ) => until(`${order.client.organisation}: ${what}`, () => invoiceOf(order), done)
  const codeOf = ({ payment, client }: Order) => {
    if (!payment) throw new Error(`${client.organisation} has no code to pay`)
    return payment
  }
  const flagsOf = async ({ invoiceId }: Order) => {
    const { data } = await (await office())(billing.listFlags, { limit: 100, resolved: 'false' })
    return data.filter((flag) => flag.invoiceId === invoiceId)
  }
  const wallet = (order: Order, scenario: Wallet | 'pay_late') =>
    stranger(order.client.locale)(sandbox.payBill, { qrString: codeOf(order).qrString, scenario })
  /** Time goes on, and everybody who waits for a time looks again. */
  function pass(time: Date) {
    clock.moveTo(time)
    clock.wake()
  }

  return {
    /** The owner's name, once there is an owner. */
    async introduce(name: string) {
      await (
        await office()
      )(identity.updateProfile, { name })
    },
    async register(client: Client) {
      const { user } = await stranger(client.locale)(identity.register, {
        name: client.name,
        email: client.email,
        phone: client.phone,
        password,
      })
      people.set(client.email, signedIn(user, client.locale))
    },
    /** Opens the link in the mail. */
    async verify({ email, locale }: Client) {
      const call = await office()
      const { data } = await call(notifications.listMails, { search: email, limit: 20 })
      const mail = data.find(({ kind }) => kind === 'verify_email')
      const { text } = await call(notifications.getMail, { id: mail?.id ?? '' })
      const token = /verify-email\?token=([\w-]+)/.exec(text)?.[1] ?? ''
      await stranger(locale)(identity.verifyEmail, { token })
    },
    async order(order: Order) {
      const { client, number } = order
      const call = personOf(client)
      const { data: templates } = await call(content.listTemplates, { plan: client.kind })
      const ordered = await call(
        projects.placeOrder,
        {
          plan: client.kind,
          projectName: projectName(client, number),
          brief: briefOf(client, chance),
          ...(chance.happens(0.85) ? { templateId: chance.pick(templates).id } : {}),
        },
        key(),
      )
      order.projectId = ordered.project.id
      order.invoiceId = ordered.invoice.id
    },
    async openCode(order: Order) {
      const { id, qrString, expiresAt } = await personOf(order.client)(
        billing.startPayment,
        { id: order.invoiceId, method: 'qris' },
        key(),
      )
      if (qrString === null || expiresAt === null) throw new Error('a new code has nothing to show')
      order.payment = { id, qrString, expiresAt: new Date(expiresAt) }
    },
    async pay(order: Order, how: Wallet) {
      await wallet(order, how)
      if (how === 'deny') await untilInvoice(order, 'denied', ({ status }) => status === 'failed')
      else if (how === 'pay_twice') await untilInvoice(order, 'paid twice', ({ balance }) => balance < 0)
      else if (how === 'wrong_amount')
        await until(
          'a wrong amount is flagged',
          () => flagsOf(order),
          (flags) => flags.length > 0,
        )
      else await untilInvoice(order, 'paid', ({ status }) => status === 'paid')
    },
    /** The code expires, and the money comes all the same. */
    async payLate(order: Order) {
      await wallet(order, 'pay_late')
      await untilInvoice(order, 'expired', ({ status }) => status === 'expired')
      pass(new Date(clock.now().getTime() + 3_000))
      await untilInvoice(order, 'paid late', ({ status }) => status === 'paid')
    },
    async letExpire(order: Order) {
      pass(new Date(codeOf(order).expiresAt.getTime() + 2_000))
      await untilInvoice(order, 'expired', ({ status }) => status === 'expired')
    },
    async startByHand({ projectId }: Order, reason: string) {
      await (
        await office()
      )(projects.startProject, { id: projectId, reason })
    },
    async submit({ projectId }: Order, note: string) {
      await (
        await office()
      )(projects.submitProject, { id: projectId, note })
    },
    async askRevision({ projectId, client }: Order, note: string) {
      await personOf(client)(projects.requestRevision, { id: projectId, note })
    },
    async approve({ projectId, client }: Order) {
      await personOf(client)(projects.approveProject, { id: projectId })
    },
    async cancel({ projectId, client }: Order, by: 'client' | 'agency', reason: string) {
      const call = by === 'client' ? personOf(client) : await office()
      await call(projects.cancelProject, { id: projectId, reason })
    },
    /** Gives back a share (0 to 1) of what the code asked for, in whole thousands; ends when the bank has confirmed. */
    async refund(order: Order, share: number, reason: string) {
      const payment = (await invoiceOf(order)).payments.find(({ id }) => id === codeOf(order).id)
      const amount = Math.round(((payment?.amount ?? 0) * share) / 1000) * 1000
      const call = await office()
      const { id } = await call(billing.refundPayment, { id: codeOf(order).id, amount, reason }, key())
      pass(new Date(clock.now().getTime() + 2_000))
      await untilInvoice(order, 'refunded', ({ refunds }) =>
        refunds.some((refund) => refund.id === id && refund.status === 'confirmed'),
      )
    },
    async settleFlags(order: Order, note: string) {
      const call = await office()
      for (const { id } of await flagsOf(order)) await call(billing.resolveFlag, { id, note })
    },
    /** Ends when the log's readers (mail) are done with everything so far. */
    settled: () => app.platform.events.caughtUp(),
  }
}
