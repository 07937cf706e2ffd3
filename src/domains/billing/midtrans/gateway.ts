// Midtrans' Core API (QRIS) behind our payment port. Its HTTP status says little: the body's `status_code` decides.
// Sources: docs.midtrans.com, "Core API" and "Refund transaction"; the limits are those of QRIS itself.
import { createHash } from 'node:crypto'
import type { Logger } from 'pino'
import type { Clock } from '../../../platform/clock.ts'
import { HttpFailure } from '../../../platform/http-client.ts'
import type { HttpAnswer, HttpClient } from '../../../platform/http-client.ts'
import { PaymentNotPending, ProviderRefused, ProviderUnavailable, RefundRefused } from '../contract.ts'
import type { Charge, ChargeRequest, PaymentGateway, ProviderTransaction } from '../gateway.ts'
import { chargeBody, readCharge } from './charge.ts'
import { verifyNotification } from './notification.ts'
import { MalformedTransaction, rankOf, readTransaction } from './transaction.ts'

export interface MidtransOptions {
  /** `https://api.midtrans.com`, `https://api.sandbox.midtrans.com` or the sandbox of this application. */
  baseUrl: string | (() => string)
  serverKey: string
  http: HttpClient
  clock: Clock
  log: Logger
  /** Where notifications go instead of the address set in Midtrans' dashboard. */
  notificationUrl?: string
}

interface Answer {
  /** The body's `status_code`; the HTTP status when the body has none. */
  code: number
  message: string
  body: Record<string, unknown>
}

/** Pauses before asking again while Midtrans still works on the first request with the same idempotency key. */
const IN_FLIGHT_PAUSES = [300, 600, 1_200, 2_400]
const RETRY_AFTER_SECONDS = 10
/**
 * Answers to a refund that may mean an earlier request with the same key got through and only its answer was lost: duplicate
 * key, nothing left to refund, amount too high. Taken for a refusal, the money would be given back a second time.
 */
const REFUSES_A_REPETITION = [406, 412, 414]

export function createMidtransGateway(options: MidtransOptions): PaymentGateway {
  const { serverKey, http, clock, log } = options
  const baseUrl = () => (typeof options.baseUrl === 'string' ? options.baseUrl : options.baseUrl()).replace(/\/+$/, '')
  const headers = {
    Accept: 'application/json',
    'Content-Type': 'application/json',
    Authorization: `Basic ${Buffer.from(`${serverKey}:`).toString('base64')}`,
  }

  /** Retried inside: only for calls that may be repeated. */
  async function ask(
    method: 'GET' | 'POST',
    path: string,
    body?: string,
    more: Record<string, string> = {},
  ): Promise<Answer> {
    const request = { method, url: `${baseUrl()}${path}`, headers: { ...headers, ...more }, retries: 1 }
    try {
      return read(await http.request(body === undefined ? request : { ...request, body }))
    } catch (error) {
      if (error instanceof HttpFailure) throw unavailable(error.message)
      throw error
    }
  }

  function refused(call: string, orderId: string, { code, message, body }: Answer) {
    log.warn({ call, orderId, code, message, validation: body['validation_messages'] }, 'the payment provider refused')
    return ProviderRefused.because(`The payment provider answered ${code}: ${message}`)
  }

  /** What cannot be understood says nothing about whether money moved: the same as no answer. */
  function understood<T>(orderId: string, readBody: () => T): T {
    try {
      return readBody()
    } catch (error) {
      if (!(error instanceof MalformedTransaction)) throw error
      log.error({ orderId, err: error }, 'the answer of the payment provider could not be understood')
      throw unavailable('its answer could not be understood')
    }
  }

  async function status(orderId: string, transactionId?: string): Promise<ProviderTransaction | null> {
    const answer = await ask('GET', `/v2/${segment(transactionId ?? orderId)}/status`)
    if (answer.code === 404) return null
    if (!('transaction_status' in answer.body)) throw refused('status', orderId, answer)
    const transaction = understood(orderId, () => readTransaction(answer.body))
    return transaction.orderId === orderId ? transaction : null
  }

  async function charge(request: ChargeRequest): Promise<Charge> {
    const { orderId } = request
    const body = chargeBody(request)
    const more = {
      'Idempotency-Key': idempotencyKey(orderId),
      ...(options.notificationUrl ? { 'X-Override-Notification': options.notificationUrl } : {}),
    }
    let answer = await ask('POST', '/v2/charge', body, more)
    for (const pause of IN_FLIGHT_PAUSES) {
      if (!isInFlight(answer)) break
      await clock.wait(pause)
      answer = await ask('POST', '/v2/charge', body, more)
    }
    if (isInFlight(answer)) throw unavailable('it is still working on the first request')
    // An earlier request got through, but its answer was lost longer ago than Midtrans remembers it.
    if (answer.code === 406) return alreadyCharged(request)
    if (!('transaction_status' in answer.body)) throw refused('charge', orderId, answer)
    return own(
      request,
      understood(orderId, () => readCharge(answer.body)),
    )
  }

  async function alreadyCharged(request: ChargeRequest): Promise<Charge> {
    const transaction = await status(request.orderId)
    if (!transaction) throw unavailable('it calls the order a duplicate but does not find it')
    const qrImageUrl = `${baseUrl()}/v2/qris/${transaction.transactionId}/qr-code`
    return own(request, { ...transaction, qrString: null, qrImageUrl })
  }

  function own(request: ChargeRequest, charged: Charge): Charge {
    if (charged.orderId === request.orderId && charged.amount === request.amount) return charged
    log.error(
      { orderId: request.orderId, charged: charged.orderId, amount: charged.amount },
      'another charge was answered',
    )
    throw ProviderRefused.because('The payment provider answered with another order or amount.')
  }

  async function end(verb: 'cancel' | 'expire', orderId: string): Promise<void> {
    const answer = await ask('POST', `/v2/${segment(orderId)}/${verb}`, '{}')
    if (answer.code === 200 || answer.code === 404) return
    const transaction = await status(orderId)
    if (!transaction || rankOf(transaction.status) === 2) return
    if (rankOf(transaction.status) > 2) throw PaymentNotPending.because('This payment has already been made.')
    throw refused(verb, orderId, answer)
  }

  return {
    limits: { min: 1, max: 10_000_000 },
    charge,
    status,
    cancel: (orderId) => end('cancel', orderId),
    expire: (orderId) => end('expire', orderId),
    async refund(orderId, { key, amount, reason, transactionId }) {
      const body = JSON.stringify({ refund_key: key, amount, reason: Array.from(reason).slice(0, 255).join('') })
      const answer = await ask('POST', `/v2/${segment(transactionId ?? orderId)}/refund`, body)
      if (isInFlight(answer) && !('status_code' in answer.body)) throw unavailable('it is still working on the refund')
      if ([202, 404, 406, 407, 410, 412, 414].includes(answer.code)) {
        const done = REFUSES_A_REPETITION.includes(answer.code) ? await status(orderId, transactionId) : null
        if (done?.refunds.some((refund) => refund.key === key && refund.amount === amount)) return done
        throw RefundRefused.because(`The payment provider answered ${answer.code}: ${answer.message}`)
      }
      if (!('transaction_status' in answer.body)) throw refused('refund', orderId, answer)
      const transaction = understood(orderId, () => readTransaction(answer.body))
      const listed = transaction.refunds.some((refund) => refund.key === key)
      return listed
        ? transaction
        : { ...transaction, refunds: [...transaction.refunds, { key, amount, confirmedAt: null }] }
    },
    verify: (notification) => verifyNotification(notification, serverKey),
  }
}

function unavailable(why: string) {
  return ProviderUnavailable.because(`The payment provider cannot be used just now: ${why}.`, {
    retryAfter: RETRY_AFTER_SECONDS,
  })
}

function read({ status, body: text }: HttpAnswer): Answer {
  const body = object(text)
  const given = body['status_code']
  const code = typeof given === 'string' && /^\d{3}$/.test(given) ? Number(given) : status
  const message = typeof body['status_message'] === 'string' ? body['status_message'].slice(0, 300) : ''
  if (status >= 500 || code >= 500 || status === 429 || code === 429) throw unavailable(`it answered ${code}`)
  // Only the 202 of a request that is still running may come without a word.
  if (status < 400 && status !== 202 && given === undefined) throw unavailable('its answer could not be understood')
  return { code: status >= 400 && code < 400 ? status : code, message, body }
}

function object(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
  } catch {
    return {}
  }
}

/** HTTP 202 without a transaction: a request with this idempotency key is still being worked on. */
const isInFlight = ({ code, body }: Answer) => code === 202 && !('transaction_status' in body)

/** At most 36 characters, as longer ones may be ignored silently; only charges send one, so keys cannot meet. */
const idempotencyKey = (orderId: string) =>
  orderId.length <= 36 ? orderId : createHash('sha256').update(orderId).digest('hex').slice(0, 36)

/** An id as a path segment. Ids are ours or were checked; dots alone would walk up the path. */
function segment(id: string): string {
  if (!/^[A-Za-z0-9_~.-]{1,64}$/.test(id) || /^\.+$/.test(id)) throw new Error('not an order or transaction id')
  return encodeURIComponent(id)
}
