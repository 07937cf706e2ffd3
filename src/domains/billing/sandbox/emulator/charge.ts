// Reads charge and refund requests as strictly as Midtrans does, and names each fault in its manner.
import { z } from 'zod'

const LONG = 'must be a string of at most 255 characters'
// PostgreSQL keeps neither NUL nor lone surrogates.
const storable = (text: string) => text.isWellFormed() && !text.includes('\u0000')
const short = z.string(LONG).max(255, LONG).refine(storable, 'must be text')
const rupiah = (name: string) => z.int(`${name} must be a whole number, without decimals`)

const Expiry = z
  .looseObject({
    order_time: z.string().optional(),
    expiry_duration: z.int('must be a number').min(1, 'must be at least 1').max(1_000_000, 'is too long'),
    unit: z.enum(['second', 'minute', 'hour', 'day'], 'must be one of second, minute, hour, day').default('minute'),
  })
  .transform((expiry, context) => {
    const start = expiry.order_time === undefined ? undefined : offsetTime(expiry.order_time)
    if (expiry.order_time !== undefined && start === undefined) {
      context.addIssue({ code: 'custom', path: ['order_time'], message: 'format must be yyyy-MM-dd HH:mm:ss Z' })
    }
    return { start, milliseconds: expiry.expiry_duration * unitMilliseconds[expiry.unit] }
  })
const unitMilliseconds = { second: 1_000, minute: 60_000, hour: 3_600_000, day: 86_400_000 }

function offsetTime(text: string): Date | undefined {
  const [, date, time, hours, minutes] = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d)$/.exec(text) ?? []
  const parsed = new Date(`${date}T${time}${hours}:${minutes}`)
  return Number.isNaN(parsed.getTime()) ? undefined : parsed
}

const Charge = z
  .looseObject({
    payment_type: z.string('is required'),
    transaction_details: z.looseObject(
      {
        order_id: z
          .string('is required')
          .min(1, 'is required')
          .max(50, 'too long; it must be 50 characters or less')
          .regex(/^[A-Za-z0-9\-_~.]*$/, 'contains characters that are not allowed; allowed symbols are - _ ~ .'),
        gross_amount: rupiah('gross_amount')
          .min(1, 'must be at least 1')
          .max(10_000_000, 'must be at most 10000000 for QRIS'),
      },
      'is required',
    ),
    item_details: z
      .array(
        z.looseObject({
          id: short.optional(),
          name: z.string('is required').max(50, 'too long; it must be 50 characters or less'),
          price: rupiah('price'),
          quantity: z.int('must be a whole number').min(1, 'must be at least 1'),
        }),
      )
      .optional(),
    customer_details: z
      .looseObject({
        first_name: short.optional(),
        last_name: short.optional(),
        email: short.optional(),
        phone: short.optional(),
      })
      .optional(),
    qris: z
      .looseObject({ acquirer: z.enum(['gopay', 'airpay shopee'], 'is not supported').default('gopay') })
      .optional(),
    custom_expiry: Expiry.optional(),
    custom_field1: short.optional(),
    custom_field2: short.optional(),
    custom_field3: short.optional(),
    metadata: z
      .record(z.string(), z.unknown())
      .refine((value) => plain(value), 'must be text')
      .optional(),
  })
  .superRefine((charge, context) => {
    if (!charge.item_details) return
    const sum = charge.item_details.reduce((total, item) => total + item.price * item.quantity, 0)
    if (sum !== charge.transaction_details.gross_amount) {
      context.addIssue({
        code: 'custom',
        path: ['transaction_details', 'gross_amount'],
        message: 'is not equal to the sum of item_details',
      })
    }
  })
export type ChargeOrder = z.output<typeof Charge>

const Refund = z.looseObject({
  refund_key: z
    .string('is required')
    .min(1, 'is required')
    .max(255, LONG)
    .regex(/^[A-Za-z0-9\-_]*$/, 'contains characters that are not allowed'),
  amount: rupiah('amount').min(1, 'must be at least 1').optional(),
  reason: short.default(''),
})
export type RefundOrder = z.output<typeof Refund>

type Read<T> = { value: T } | { faults: string[] }
export const readChargeOrder = (body: unknown): Read<ChargeOrder> => outcome(Charge.safeParse(body))
export const readRefundOrder = (body: unknown): Read<RefundOrder> => outcome(Refund.safeParse(body))

function outcome<T>(parsed: z.ZodSafeParseResult<T>): Read<T> {
  if (parsed.success) return { value: parsed.data }
  return {
    faults: parsed.error.issues
      .slice(0, 20)
      .map(({ path, message }) => `${path.join('.') || 'request body'} ${message}`),
  }
}

/** Whether every text in a JSON value can be stored, keys too. */
function plain(value: unknown): boolean {
  if (typeof value === 'string') return storable(value)
  if (Array.isArray(value)) return value.every(plain)
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).every(([key, part]) => storable(key) && plain(part))
  return true
}

/** What the merchant wants to see again in every answer and notification. */
export function echoOf({
  custom_field1,
  custom_field2,
  custom_field3,
  metadata,
}: ChargeOrder): Record<string, unknown> {
  const fields = { custom_field1, custom_field2, custom_field3, metadata }
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}
