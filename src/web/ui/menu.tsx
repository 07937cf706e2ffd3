// A button that opens a short list of actions or places. For pages with JavaScript; without it use `Disclosure`.
import { Menu as Base } from '@base-ui/react/menu'
import type { ReactElement, ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

export function Menu({
  trigger,
  children,
  align = 'end',
}: {
  trigger: ReactElement
  children: ReactNode
  align?: 'start' | 'end'
}) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} sideOffset={6} className="z-50 outline-none">
          <Base.Popup className="min-w-52 rounded-base border border-line bg-raised p-1.5 text-small shadow-float transition-opacity duration-150 outline-none data-ending-style:opacity-0 data-starting-style:opacity-0">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

/** `render` makes the item another element: a link, or a button that submits a form. */
export function MenuItem({
  icon,
  children,
  onSelect,
  render,
  danger = false,
}: {
  icon?: IconName
  children: ReactNode
  onSelect?: () => void
  render?: ReactElement
  danger?: boolean
}) {
  return (
    <Base.Item
      {...(onSelect && { onClick: onSelect })}
      {...(render && { render })}
      className={`flex w-full cursor-default items-center gap-2.5 rounded-[calc(var(--radius-base)-0.25rem)] px-3 py-2 text-left no-underline outline-none data-highlighted:bg-sunken ${danger ? 'text-bata' : 'text-ink'}`}
    >
      {icon && <Icon name={icon} className="text-faint" />}
      {children}
    </Base.Item>
  )
}

export function MenuLine() {
  return <Base.Separator className="my-1.5 h-px bg-line" />
}
