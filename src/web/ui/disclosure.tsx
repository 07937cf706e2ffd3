// Content behind a summary, in plain HTML: works without JavaScript and by keyboard.
import type { ReactNode } from 'react'
import { cx } from './class-names.ts'
import { Icon } from './icon.tsx'

/** `name` lets only one of a group be open. */
export function Disclosure({
  summary,
  children,
  name,
  open,
  className,
}: {
  summary: ReactNode
  children: ReactNode
  name?: string
  open?: boolean
  className?: string
}) {
  return (
    <details name={name} open={open} className={cx('group border-b border-line', className)}>
      <summary className="flex items-start justify-between gap-6 py-4.5 font-semibold transition-colors duration-150 hover:text-nila">
        <span>{summary}</span>
        <Icon name="plus" className="mt-1 text-faint transition-transform duration-150 group-open:rotate-45" />
      </summary>
      <div className="measure pb-6 text-soft">{children}</div>
    </details>
  )
}
