// What was received and given back, as far as the invoice's own figures tell it; its balance is the ledger's word.
import type { z } from 'zod'
import type { InvoiceDetail } from '../contract.ts'

type Amounts = Pick<z.output<typeof InvoiceDetail>, 'total' | 'balance' | 'refunds' | 'status'>

export interface Sums {
  /** Null once money went back: a refund uses up what was paid too much before anything else, so the balance no longer tells. */
  received: number | null
  returned: number
}

/** In whole rupiah. A cancelled invoice asks for nothing; what arrives nevertheless makes its balance negative. */
export function sumsOf({ balance, total, refunds, status }: Amounts): Sums {
  const returned = refunds.reduce((sum, refund) => (refund.status === 'confirmed' ? sum + refund.amount : sum), 0)
  return { received: returned > 0 ? null : (status === 'cancelled' ? 0 : total) - balance, returned }
}
