// What each kind of flag means, and what to do about it.
import type { FlagKind } from '../../../../domains/billing/contract.ts'
import { m } from '../../../i18n/generated/messages.js'

const words: Record<FlagKind, { word: () => string; advice: () => string }> = {
  late_payment: { word: () => m.console_flag_late_payment(), advice: () => m.console_flag_late_payment_advice() },
  overpaid: { word: () => m.console_flag_overpaid(), advice: () => m.console_flag_overpaid_advice() },
  amount_mismatch: {
    word: () => m.console_flag_amount_mismatch(),
    advice: () => m.console_flag_amount_mismatch_advice(),
  },
  paid_after_cancellation: {
    word: () => m.console_flag_paid_after_cancellation(),
    advice: () => m.console_flag_paid_after_cancellation_advice(),
  },
  charge_unknown: { word: () => m.console_flag_charge_unknown(), advice: () => m.console_flag_charge_unknown_advice() },
  refund_unconfirmed: {
    word: () => m.console_flag_refund_unconfirmed(),
    advice: () => m.console_flag_refund_unconfirmed_advice(),
  },
  chargeback: { word: () => m.console_flag_chargeback(), advice: () => m.console_flag_chargeback_advice() },
}
export const flagWord = (kind: FlagKind): string => words[kind].word()
export const flagAdvice = (kind: FlagKind): string => words[kind].advice()
