// What is sent to and read from Midtrans' charge call for QRIS.
import { z } from 'zod'
import type { Charge, ChargeRequest } from '../gateway.ts'
import { formatTimeWithOffset } from './format.ts'
import { readTransaction } from './transaction.ts'

/** Below this Midtrans' own expiry is not reliable (its scheduler works in batches). */
const MINIMUM_MINUTES = 15
/** Bytes; Midtrans takes requests up to 16 KB. */
const MAXIMUM_BODY = 15 * 1024

const clip = (text: string, characters: number) => Array.from(text).slice(0, characters).join('')

/** The JSON of the request. Lines are left out when they do not add up to the amount, which Midtrans would refuse. */
export function chargeBody(request: ChargeRequest): string {
  const { customer } = request
  const body = {
    payment_type: 'qris',
    transaction_details: { order_id: request.orderId, gross_amount: request.amount },
    customer_details: {
      first_name: clip(customer.name, 255),
      email: customer.email,
      ...(customer.phone ? { phone: customer.phone } : {}),
    },
    custom_expiry: {
      order_time: formatTimeWithOffset(request.orderedAt),
      expiry_duration: Math.max(MINIMUM_MINUTES, Math.ceil(request.expiresInMinutes)),
      unit: 'minute',
    },
  }
  const sum = request.lines.reduce((total, line) => total + line.price * line.quantity, 0)
  if (request.lines.length === 0 || sum !== request.amount) return JSON.stringify(body)
  const items = request.lines.map((line) => ({ ...line, id: clip(line.id, 50), name: clip(line.name, 50) }))
  const itemised = JSON.stringify({ ...body, item_details: items })
  return Buffer.byteLength(itemised) <= MAXIMUM_BODY ? itemised : JSON.stringify(body)
}

const Extras = z.looseObject({
  qr_string: z.string().min(1).nullish(),
  actions: z.array(z.looseObject({ name: z.string(), url: z.string() })).nullish(),
})

/** Reads the answer. `qr_string` and `expiry_time` may be missing. Throws `MalformedTransaction`. */
export function readCharge(body: unknown): Charge {
  const transaction = readTransaction(body)
  const extras = Extras.safeParse(body).data
  return { ...transaction, qrString: extras?.qr_string ?? null, qrImageUrl: imageUrl(extras?.actions ?? []) }
}

// v2 is the image with the border that Indonesian wallets' users know (ASPI's layout); the plain one is the fallback.
// Never by position: the order of the actions is not promised.
function imageUrl(actions: { name: string; url: string }[]): string | null {
  for (const name of ['generate-qr-code-v2', 'generate-qr-code']) {
    const action = actions.find((candidate) => candidate.name === name)
    if (action && /^https?:\/\//.test(action.url)) return action.url
  }
  return null
}
