// The head of a page of the console: the way back, its name, and beside it what concerns the whole page.
import type { ReactNode } from 'react'
import { m } from '../../../i18n/generated/messages.js'
import { Icon } from '../../../ui/icon.tsx'
import { Link } from '../../../ui/link.tsx'

export function PageTitle({
  title,
  text,
  back,
  aside,
  tag,
}: {
  title: string
  text?: ReactNode
  back?: { to: string; label: string }
  aside?: ReactNode
  /** A status, beside the name. */
  tag?: ReactNode
}) {
  return (
    <div className="mb-6">
      <title>{`${title} · ${m.common_brand()}`}</title>
      {back && (
        <p className="mb-2">
          <Link to={back.to} look="quiet" className="inline-flex min-h-9 items-center gap-1.5 text-small">
            <Icon name="arrow-left" />
            {back.label}
          </Link>
        </p>
      )}
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="text-title wrap-anywhere">{title}</h1>
          {tag}
        </div>
        {aside && <div className="flex flex-wrap items-center gap-2">{aside}</div>}
      </div>
      {text && <div className="measure mt-1.5 text-small text-soft">{text}</div>}
    </div>
  )
}

/** A part of a page under its own heading; no landmark, since the tables in it are. */
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
    <div className={className}>
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h2 id={id} className="text-body font-bold">
          {title}
        </h2>
        {aside && <div className="text-small text-soft [&>a]:touch">{aside}</div>}
      </div>
      {children}
    </div>
  )
}
