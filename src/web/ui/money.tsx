import { getLocale } from '../i18n/generated/runtime.js'
import { formatMoney } from '../i18n/format.ts'
import { cx } from './class-names.ts'

/** Whole rupiah in the reader's format, in figures of equal width. */
export function Money({ rupiah, className }: { rupiah: number; className?: string }) {
  return <span className={cx('tabular whitespace-nowrap', className)}>{formatMoney(rupiah, getLocale())}</span>
}
