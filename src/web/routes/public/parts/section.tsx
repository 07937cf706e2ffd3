// A part of a page with its heading, held by white space and a hairline rather than by a box.
import type { ReactNode } from 'react'
import { cx } from '../../../ui/class-names.ts'

export function Section({
  id,
  title,
  text,
  action,
  children,
  className,
}: {
  id: string
  title: ReactNode
  text?: ReactNode
  /** A link at the end of the heading's line. */
  action?: ReactNode
  children: ReactNode
  className?: string
}) {
  return (
    <section aria-labelledby={`${id}-title`} className={cx('page py-14 md:py-20', className)}>
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-3">
        <div className="measure">
          <h2 id={`${id}-title`} className="text-title md:text-display">
            {title}
          </h2>
          {text && <p className="mt-3 text-soft">{text}</p>}
        </div>
        {action}
      </div>
      <div className="mt-9 md:mt-12">{children}</div>
    </section>
  )
}

/** Ticked lines. */
export function Ticks({ items, className }: { items: ReactNode[]; className?: string }) {
  return (
    <ul className={cx('space-y-2.5', className)}>
      {items.map((item, index) => (
        <li key={index} className="flex gap-2.5">
          <svg
            aria-hidden
            viewBox="0 0 20 20"
            className="mt-[0.28em] size-[1.05em] shrink-0 text-daun"
            fill="none"
            stroke="currentColor"
            strokeWidth="2"
            strokeLinecap="round"
            strokeLinejoin="round"
          >
            <path d="m4 10.5 4 4 8-9" />
          </svg>
          <span>{item}</span>
        </li>
      ))}
    </ul>
  )
}
