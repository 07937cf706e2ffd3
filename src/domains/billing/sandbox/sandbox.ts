// The pretended payment provider: an emulator of Midtrans' API with its own books, a courier for its notifications, and a
// wallet to pay with. Billing reaches it only over HTTP, through the production adapter.
import type { Hono } from 'hono'
import { implement } from '../../../platform/contract/call.ts'
import type { HttpClient } from '../../../platform/http-client.ts'
import type { Platform, Slice } from '../../../platform/platform.ts'
import { openBooks } from './books/books.ts'
import { operations, problems } from './contract.ts'
import { createCourier } from './courier/courier.ts'
import { createEmulator } from './emulator/emulator.ts'
import { sandboxHttp } from './http.ts'
import { createWallet } from './wallet/wallet.ts'

/** Where the emulator of Midtrans' API answers, below the application's address. */
export const MIDTRANS_PATH = '/sandbox/midtrans'

export interface SandboxOptions {
  platform: Pick<Platform, 'clock' | 'database' | 'log' | 'random' | 'publicUrl'>
  serverKey: string
  /** Where notifications go; asked at each delivery, as the port may be known only after listening. */
  notificationUrl: string | (() => string)
  /** Without a circuit breaker: notifications have their own schedule of retries. */
  http: HttpClient
}

export function createSandbox({ platform, serverKey, notificationUrl, http }: SandboxOptions): Slice {
  const { clock, database, log, random, publicUrl } = platform
  const books = openBooks({ clock, database, serverKey })
  const emulator = createEmulator(books, `${publicUrl}${MIDTRANS_PATH}`)
  const wallet = createWallet(books)
  const target = typeof notificationUrl === 'string' ? () => notificationUrl : notificationUrl
  return {
    operations: implement(operations, {
      readBill: (_call, { qrString }) => wallet.bill(database.db, qrString),
      payBill: (call, { qrString, scenario }) =>
        call.transaction(async (tx) => ({ ...(await wallet.play(tx, qrString, scenario)), scenario })),
    }),
    problems,
    workers: [createCourier({ books, http, log, random, notificationUrl: target })],
    routes(app: Hono) {
      const notificationOrigin = () => new URL(target()).origin
      app.route(MIDTRANS_PATH, sandboxHttp({ emulator, database, serverKey, notificationOrigin }))
    },
  }
}
