// The mark: a page corner that becomes a check, in the accent colour, beside the name.
import { m } from '../i18n/generated/messages.js'
import { cx } from './class-names.ts'

export function Brand({ className }: { className?: string }) {
  return (
    <span className={cx('inline-flex items-center gap-2.5 font-bold tracking-[-0.02em]', className)}>
      <img src="/logo.svg" alt="" width="28" height="28" className="size-7" />
      {m.common_brand()}
    </span>
  )
}
