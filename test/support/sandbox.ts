// The pretended payment provider on a real port and a real database, the production adapter pointed at it, and a merchant's
// server that keeps what it is notified of and answers as a test wants.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import type { PaymentGateway } from '../../src/domains/billing/gateway.ts'
import { createMidtransGateway } from '../../src/domains/billing/midtrans/gateway.ts'
import { operations } from '../../src/domains/billing/sandbox/contract.ts'
import type { Bill, Scenario } from '../../src/domains/billing/sandbox/contract.ts'
import { createSandbox, MIDTRANS_PATH } from '../../src/domains/billing/sandbox/sandbox.ts'
import { systemClock } from '../../src/platform/clock.ts'
import type { Call } from '../../src/platform/contract/call.ts'
import type { Database } from '../../src/platform/database.ts'
import { createHttpClient } from '../../src/platform/http-client.ts'
import { createTestDatabase, quiet } from './database.ts'
import type { z } from 'zod'

export const SERVER_KEY = 'SB-Mid-server-test-key'

export interface Notified {
  body: Record<string, unknown>
  headers: Record<string, string | string[] | undefined>
  path: string
}
export interface Merchant {
  url: string
  notified: Notified[]
  /** The status (and header fields) of the next answers; 200 unless a test says otherwise. */
  answer: (notified: Notified) => { status: number; headers?: Record<string, string> }
  close(): Promise<void>
}

export async function openMerchant(): Promise<Merchant> {
  const notified: Notified[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(parts).toString()) as Record<string, unknown>
      const received = { body, headers: request.headers, path: request.url ?? '' }
      const { status, headers } = merchant.answer(received)
      notified.push(received)
      response.writeHead(status, headers).end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/notifications`
  const merchant: Merchant = {
    url,
    notified,
    answer: () => ({ status: 200 }),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return merchant
}

export interface SandboxWorld {
  /** The base of Midtrans' paths. */
  url: string
  database: Database
  merchant: Merchant
  gateway: PaymentGateway
  /** A request with the server key, and what the JSON of the answer says. */
  ask(method: 'GET' | 'POST', path: string, body?: unknown, headers?: Record<string, string>): Promise<SandboxAnswer>
  pay(qrString: string, scenario: z.output<typeof Scenario>): Promise<z.input<typeof Bill>>
  readBill(qrString: string): Promise<z.input<typeof Bill>>
  close(): Promise<void>
}
export interface SandboxAnswer {
  http: number
  code: string
  body: Record<string, unknown>
}

/** `courier: false` leaves notifications and expiry undone. */
export async function openSandbox({
  clock = systemClock,
  courier = true,
  random = () => 0.5,
} = {}): Promise<SandboxWorld> {
  const { database, drop } = await createTestDatabase()
  const merchant = await openMerchant()
  const http = createHttpClient({ log: quiet, breaker: false })
  const platform = { clock, database, log: quiet, random, publicUrl: 'http://jasaweb.test' }
  const sandbox = createSandbox({ platform, serverKey: SERVER_KEY, notificationUrl: () => merchant.url, http })
  const app = new Hono()
  sandbox.routes?.(app)
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const started = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(started))
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${MIDTRANS_PATH}`
  const gateway = createMidtransGateway({ baseUrl: url, serverKey: SERVER_KEY, http, clock, log: quiet })
  if (courier) for (const worker of sandbox.workers ?? []) worker.start()

  const call = { transaction: database.transaction } as Call
  const run = (operation: object, input: unknown) => {
    const bound = sandbox.operations?.find((candidate) => candidate.operation === operation)
    if (!bound) throw new Error('the sandbox does not have the operation')
    return bound.handle(call, bound.operation.input.parse(input)) as Promise<z.input<typeof Bill>>
  }
  return {
    url,
    database,
    merchant,
    gateway,
    async ask(method, path, body, headers = {}) {
      const authorization = `Basic ${Buffer.from(`${SERVER_KEY}:`).toString('base64')}`
      const response = await fetch(`${url}${path}`, {
        method,
        headers: { 'Content-Type': 'application/json', Authorization: authorization, ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      const answer = (await response.json()) as Record<string, unknown>
      return { http: response.status, code: String(answer['status_code']), body: answer }
    },
    pay: (qrString, scenario) => run(operations.payBill, { qrString, scenario }),
    readBill: (qrString) => run(operations.readBill, { qrString }),
    async close() {
      if (courier) for (const worker of sandbox.workers ?? []) await worker.stop()
      await new Promise((resolve) => server.close(resolve))
      await http.close()
      await merchant.close()
      await drop()
    },
  }
}
