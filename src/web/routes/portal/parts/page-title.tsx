// The head of a page of the portal: the way back, its name, and beside it what concerns the whole page.
import type { ReactNode } from 'react'
import { m } from '../../../i18n/generated/messages.js'
import { Icon } from '../../../ui/icon.tsx'
import { Link } from '../../../ui/link.tsx'

export function PageTitle({
  title,
  text,
  back,
  aside,
  documentTitle,
}: {
  title: ReactNode
  text?: ReactNode
  back?: { to: string; label: string }
  aside?: ReactNode
  /** Where the title on the page is not a plain text. */
  documentTitle?: string
}) {
  return (
    <div className="mb-8 md:mb-10">
      <title>{`${documentTitle ?? (typeof title === 'string' ? title : '')} · ${m.common_brand()}`}</title>
      {back && (
        <p className="mb-3 print:hidden">
          <Link to={back.to} look="quiet" className="inline-flex min-h-8 items-center gap-1.5 text-small">
            <Icon name="arrow-left" />
            {back.label}
          </Link>
        </p>
      )}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
        <div className="min-w-0">
          <h1 className="text-title wrap-anywhere md:text-display">{title}</h1>
          {text && <p className="measure mt-2.5 text-soft">{text}</p>}
        </div>
        {aside && <div className="flex flex-wrap items-center gap-3 md:mt-2.5">{aside}</div>}
      </div>
    </div>
  )
}

/** A part of a page under its own heading. */
export function Section({
  id,
  title,
  aside,
  children,
  className,
}: {
  id: string
  title: ReactNode
  aside?: ReactNode
  children: ReactNode
  className?: string
}) {
  return (
    <section aria-labelledby={id} className={className}>
      <div className="mb-4 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h2 id={id} className="text-lead font-bold">
          {title}
        </h2>
        {aside && <div className="text-small text-soft">{aside}</div>}
      </div>
      {children}
    </section>
  )
}
