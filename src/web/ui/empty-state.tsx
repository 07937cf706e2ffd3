// A list with nothing in it says what would be here and what to do next.
import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

export function EmptyState({
  icon = 'inbox',
  title,
  children,
  action,
}: {
  icon?: IconName
  title: ReactNode
  children?: ReactNode
  action?: ReactNode
}) {
  return (
    <div className="rounded-base border border-dashed border-edge/60 px-6 py-12 text-center">
      <Icon name={icon} className="mx-auto size-7 text-faint" />
      <p className="mt-3 font-semibold">{title}</p>
      {children && <div className="mx-auto mt-1 max-w-md text-small text-soft">{children}</div>}
      {action && <div className="mt-5 flex justify-center gap-3">{action}</div>}
    </div>
  )
}
