// The wallet's scenarios in words, and which of them make sense for a bill as it stands.
import type { z } from 'zod'
import type { Bill, Scenario } from '../../../domains/billing/sandbox/contract.ts'
import { m } from '../../i18n/generated/messages.js'
import type { IconName } from '../../ui/icon.tsx'
import type { Tone } from '../../ui/notice.tsx'

export type Act = z.output<typeof Scenario>
export type BillStatus = z.output<typeof Bill>['transactionStatus']

interface Words {
  icon: IconName
  name: () => string
  text: () => string
  /** Said after it was done. */
  done: () => string
  tone: Tone
}

export const acts: Record<Exclude<Act, 'pay'>, Words> = {
  pay_late: {
    icon: 'clock',
    name: m.sandbox_act_pay_late,
    text: m.sandbox_act_pay_late_text,
    done: m.sandbox_did_pay_late,
    tone: 'attention',
  },
  pay_twice: {
    icon: 'copy',
    name: m.sandbox_act_pay_twice,
    text: m.sandbox_act_pay_twice_text,
    done: m.sandbox_did_pay_twice,
    tone: 'attention',
  },
  deny: {
    icon: 'x-circle',
    name: m.sandbox_act_deny,
    text: m.sandbox_act_deny_text,
    done: m.sandbox_did_deny,
    tone: 'danger',
  },
  expire: {
    icon: 'pause',
    name: m.sandbox_act_expire,
    text: m.sandbox_act_expire_text,
    done: m.sandbox_did_expire,
    tone: 'attention',
  },
  duplicate: {
    icon: 'layers',
    name: m.sandbox_act_duplicate,
    text: m.sandbox_act_duplicate_text,
    done: m.sandbox_did_duplicate,
    tone: 'success',
  },
  reorder: {
    icon: 'undo',
    name: m.sandbox_act_reorder,
    text: m.sandbox_act_reorder_text,
    done: m.sandbox_did_reorder,
    tone: 'success',
  },
  bad_signature: {
    icon: 'shield',
    name: m.sandbox_act_bad_signature,
    text: m.sandbox_act_bad_signature_text,
    done: m.sandbox_did_bad_signature,
    tone: 'action',
  },
  wrong_amount: {
    icon: 'flag',
    name: m.sandbox_act_wrong_amount,
    text: m.sandbox_act_wrong_amount_text,
    done: m.sandbox_did_wrong_amount,
    tone: 'action',
  },
}

export const doneOf = (act: Act): Pick<Words, 'done' | 'tone'> =>
  act === 'pay' ? { done: m.sandbox_did_pay, tone: 'success' } : acts[act]

const troubles: Record<BillStatus, Exclude<Act, 'pay'>[]> = {
  pending: ['pay_late', 'pay_twice', 'deny', 'expire', 'duplicate', 'reorder'],
  settlement: ['pay_twice'],
  deny: [],
  expire: ['pay_late'],
  cancel: ['pay_late'],
  partial_refund: ['pay_twice'],
  refund: ['pay_twice'],
}
export const troublesOf = (status: BillStatus) => troubles[status]
export const forgeries: Exclude<Act, 'pay'>[] = ['bad_signature', 'wrong_amount']

export const statusWords: Record<BillStatus, { word: () => string; tone: Tone }> = {
  pending: { word: m.sandbox_status_pending, tone: 'action' },
  settlement: { word: m.sandbox_status_settlement, tone: 'success' },
  deny: { word: m.sandbox_status_deny, tone: 'danger' },
  expire: { word: m.sandbox_status_expire, tone: 'attention' },
  cancel: { word: m.sandbox_status_cancel, tone: 'neutral' },
  partial_refund: { word: m.sandbox_status_partial_refund, tone: 'neutral' },
  refund: { word: m.sandbox_status_refund, tone: 'neutral' },
}

const problems: Record<string, () => string> = {
  unreadable_qr: m.sandbox_problem_unreadable_qr,
  unknown_qr: m.sandbox_problem_unknown_qr,
  bill_not_payable: m.sandbox_problem_bill_not_payable,
}
export const problemWords = (code: string): string => (problems[code] ?? m.sandbox_problem_other)()
