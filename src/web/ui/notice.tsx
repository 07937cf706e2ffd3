// Something the reader must know on this page: said in words, marked by an icon and a colour.
import type { ReactNode } from 'react'
import { cx } from './class-names.ts'
import { Icon, type IconName } from './icon.tsx'

export type Tone = 'neutral' | 'action' | 'attention' | 'success' | 'danger'

export const toneClass: Record<Tone, string> = {
  neutral: 'bg-sunken text-soft',
  action: 'bg-nila-wash text-nila',
  attention: 'bg-kunyit-wash text-kunyit',
  success: 'bg-daun-wash text-daun',
  danger: 'bg-bata-wash text-bata',
}
export const toneIcon: Record<Tone, IconName> = {
  neutral: 'info',
  action: 'info',
  attention: 'alert',
  success: 'check-circle',
  danger: 'x-circle',
}

/** `live` announces it when it appears: `danger` at once, the rest politely. */
export function Notice({
  tone = 'neutral',
  title,
  children,
  live = false,
  className,
}: {
  tone?: Tone
  title?: ReactNode
  children?: ReactNode
  live?: boolean
  className?: string
}) {
  return (
    <div
      role={live ? (tone === 'danger' ? 'alert' : 'status') : undefined}
      className={cx('flex gap-3 rounded-base px-4 py-3.5 text-small', toneClass[tone], className)}
    >
      <Icon name={toneIcon[tone]} className="mt-[0.15em] size-5" />
      <div className="min-w-0 flex-1 wrap-anywhere">
        {title && <p className="font-semibold">{title}</p>}
        {children && <div className={cx(title ? 'mt-0.5' : '', 'text-ink')}>{children}</div>}
      </div>
    </div>
  )
}
