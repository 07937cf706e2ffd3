// The pretended provider's HTTP: Midtrans' paths below `/sandbox/midtrans`, behind its Basic authentication.
import { createHash, timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { toBuffer } from 'qrcode'
import type { Database } from '../../../platform/database.ts'
import * as answers from './emulator/answer.ts'
import type { Answer } from './emulator/answer.ts'
import type { Emulator } from './emulator/emulator.ts'
import { transactionById } from './store.ts'

const MAXIMUM_BODY = 16 * 1024
/** Longer keys are ignored silently, as Midtrans does. */
const LONGEST_KEY = 46

export interface SandboxHttp {
  emulator: Emulator
  database: Database
  serverKey: string
  /** Notifications may be directed elsewhere, but not to other servers. */
  notificationOrigin: () => string
}

export function sandboxHttp({ emulator, database, serverKey, notificationOrigin }: SandboxHttp): Hono {
  const app = new Hono()
  const digest = (text: string) => createHash('sha256').update(text).digest()
  const credentials = digest(`Basic ${Buffer.from(`${serverKey}:`).toString('base64')}`)

  for (const version of ['v2', 'v4']) {
    // Browsers show the picture, so it asks for no key, as with Midtrans.
    app.get(`/${version}/qris/:id/qr-code`, async (context) => {
      const transaction = await transactionById(database.db, context.req.param('id'))
      if (!transaction) return send(context, answers.unknownTransaction())
      const png = await toBuffer(transaction.qr_string, { errorCorrectionLevel: 'M', margin: 4, width: 512 })
      return context.body(Uint8Array.from(png), 200, {
        'Content-Type': 'image/png',
        'Cache-Control': 'private, max-age=3600',
      })
    })
  }

  app.use(async (context, next) => {
    if (!timingSafeEqual(digest(context.req.header('Authorization') ?? ''), credentials)) {
      return send(context, answers.unauthorized())
    }
    return next()
  })
  app.use(bodyLimit({ maxSize: MAXIMUM_BODY, onError: (context) => send(context, answers.tooLarge()) }))

  const key = (context: Context) => {
    const given = context.req.header('Idempotency-Key')
    return given && given.length <= LONGEST_KEY ? given : undefined
  }
  const withBody = (work: (context: Context, body: unknown) => Promise<Answer>) => async (context: Context) => {
    const body = parse(await context.req.text())
    return send(
      context,
      body === undefined ? answers.invalid('request body is not valid JSON') : await work(context, body),
    )
  }

  app.post(
    '/v2/charge',
    withBody(async (context, body) => {
      const override = context.req.header('X-Override-Notification')?.split(',')[0]?.trim() ?? null
      if (override !== null && !(URL.canParse(override) && new URL(override).origin === notificationOrigin())) {
        return answers.invalid('X-Override-Notification must be an address of the merchant')
      }
      return emulator.run(emulator.charge(body, override), key(context))
    }),
  )
  app.get('/v2/:id/status', async (context) =>
    send(context, await emulator.run(emulator.status(context.req.param('id')))),
  )
  app.post('/v2/:id/cancel', async (context) =>
    send(context, await emulator.run(emulator.cancel(context.req.param('id')), key(context))),
  )
  app.post('/v2/:id/expire', async (context) =>
    send(context, await emulator.run(emulator.expire(context.req.param('id')), key(context))),
  )
  for (const path of ['/v2/:id/refund', '/v2/:id/refund/online/direct']) {
    app.post(
      path,
      withBody((context, body) => emulator.run(emulator.refund(context.req.param('id') ?? '', body), key(context))),
    )
  }
  app.all('*', (context) => send(context, answers.unknownTransaction()))
  return app
}

const send = (context: Context, { http, body }: Answer) =>
  context.newResponse(JSON.stringify(body), http as 200, {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
  })

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
