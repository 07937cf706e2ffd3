// Customers who do not give up: each orders websites and pays for them one after the other, and repeats whatever was not
// answered with the same Idempotency-Key until it is. They write down what was acknowledged; that must never be lost.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Chance } from '../../src/commands/demo/random.ts'

export interface Acknowledged {
  projectId: string
  invoiceId: string
  projectName: string
  /** The order id of the code, and what the wallet was told to do with it. */
  code?: { orderId: string; scenario: string }
  /** The wallet confirmed that it paid. */
  paid: boolean
}
export interface Market {
  acknowledged: Acknowledged[]
  /** Answers of any kind so far. */
  answers(): number
  /** How often a request was not answered at all: the server was gone. */
  unanswered(): number
  /** Kinds of answers that were neither a success nor an honest "not now". */
  oddities: Set<string>
  /** How often each status was answered. */
  statuses: Map<number, number>
  /** Lets everybody finish what they are at, as long as that may take. */
  close(): Promise<void>
}

const PASSWORD = 'kopi-tubruk-pagi-hari'
/** What a wallet does with a code; where it really pays, the invoice must end up paid. */
const SCENARIOS = ['pay', 'pay', 'pay', 'duplicate', 'reorder', 'pay_twice', 'deny', 'wrong_amount', 'leave'] as const
const PAYING = ['pay', 'duplicate', 'reorder', 'pay_twice']
const NOT_NOW = ['unavailable', 'provider_unavailable', 'idempotency_key_in_flight']

export function openMarket(url: string, customers: number, chance: Chance): Market {
  const market = {
    acknowledged: [] as Acknowledged[],
    oddities: new Set<string>(),
    statuses: new Map<number, number>(),
  }
  let answers = 0
  let unanswered = 0
  let open = true

  /** Asks once; undefined when there was no answer or the server asked to come back. */
  async function ask(
    path: string,
    body: object,
    headers: Record<string, string>,
    wanted: number[],
  ): Promise<{ status: number; body: unknown; headers: Headers } | undefined> {
    try {
      const init = {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }
      const answer = await fetch(`${url}${path}`, { ...init, signal: AbortSignal.timeout(30_000) })
      const text = await answer.text()
      answers++
      market.statuses.set(answer.status, (market.statuses.get(answer.status) ?? 0) + 1)
      if (wanted.includes(answer.status))
        return { status: answer.status, body: JSON.parse(text) as unknown, headers: answer.headers }
      if (!NOT_NOW.includes(codeOf(text)))
        market.oddities.add(`${withoutIds(path)}: ${answer.status} ${codeOf(text) || text.slice(0, 200)}`)
    } catch (error) {
      if (error instanceof SyntaxError) throw error
      if (error instanceof DOMException) market.oddities.add(`${withoutIds(path)}: no answer in 30 seconds`)
      unanswered++
    }
    return undefined
  }
  async function insist(path: string, body: object, headers: Record<string, string>, wanted: number[]) {
    for (;;) {
      const answer = await ask(path, body, headers, wanted)
      if (answer) return answer
      await sleep(20)
    }
  }

  async function signIn(email: string): Promise<string> {
    for (;;) {
      // The first try may have made the account without an answer.
      const registered = await insist('/api/auth/register', { name: email, email, password: PASSWORD }, {}, [201, 409])
      const signedIn =
        registered.status === 201
          ? registered
          : await insist('/api/auth/login', { email, password: PASSWORD }, {}, [200])
      const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0]
      if (cookie) return cookie
    }
  }

  async function shop(customer: number): Promise<void> {
    const cookie = await signIn(`pembeli-${customer}@faults.test`)
    const keyed = () => ({ cookie, 'idempotency-key': crypto.randomUUID() })
    for (let number = 1; open; number++) {
      const projectName = `Situs ${customer}-${number}`
      const plan = chance.pick(['company', 'sekolah', 'berita'])
      const ordered = await insist('/api/orders', { plan, projectName }, keyed(), [201])
      const { project, invoice } = ordered.body as { project: { id: string }; invoice: { id: string } }
      const kept: Acknowledged = { projectId: project.id, invoiceId: invoice.id, projectName, paid: false }
      market.acknowledged.push(kept)
      const payment = await insist(`/api/invoices/${invoice.id}/payments`, { method: 'qris' }, keyed(), [201])
      const { orderId, qrString } = payment.body as { orderId: string; qrString: string }
      const scenario = chance.pick(SCENARIOS)
      kept.code = { orderId, scenario }
      if (scenario === 'leave') continue
      // 409: an earlier try had done it, although its answer was lost.
      await insist('/sandbox/wallet/pay', { qrString, scenario }, {}, [200, 409])
      kept.paid = PAYING.includes(scenario)
    }
  }

  const shopping = Promise.all(Array.from({ length: customers }, (_, customer) => shop(customer)))
  return Object.assign(market, {
    answers: () => answers,
    unanswered: () => unanswered,
    async close() {
      open = false
      await shopping
    },
  })
}

const withoutIds = (path: string) => path.replace(/[0-9a-f-]{36}/, '…')

function codeOf(text: string): string {
  try {
    return String((JSON.parse(text) as { code?: unknown }).code)
  } catch {
    return ''
  }
}
