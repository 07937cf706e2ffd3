// Sections of one thing, one shown at a time. Where a section deserves an address of its own use `TabLinks`.
import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'
import { NavLink } from 'react-router'
import { cx } from './class-names.ts'

const tab =
  'border-b-2 px-1 pt-2 pb-2.5 text-small font-semibold whitespace-nowrap no-underline transition-colors duration-150 hover:text-ink'

export function Tabs({
  label,
  tabs,
  initial,
}: {
  label: string
  tabs: { value: string; label: ReactNode; content: ReactNode }[]
  initial?: string
}) {
  return (
    <Base.Root defaultValue={initial ?? tabs[0]?.value}>
      <Base.List aria-label={label} className="flex gap-5 overflow-x-auto border-b border-line">
        {tabs.map(({ value, label }) => (
          <Base.Tab
            key={value}
            value={value}
            className={cx(tab, '-mb-px border-transparent text-soft data-active:border-nila data-active:text-ink')}
          >
            {label}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map(({ value, content }) => (
        <Base.Panel key={value} value={value} className="pt-5">
          {content}
        </Base.Panel>
      ))}
    </Base.Root>
  )
}

export function TabLinks({ label, tabs }: { label: string; tabs: { to: string; label: ReactNode; end?: boolean }[] }) {
  return (
    <nav aria-label={label} className="flex gap-5 overflow-x-auto border-b border-line">
      {tabs.map(({ to, label, end }) => (
        <NavLink
          key={to}
          to={to}
          end={end ?? false}
          className={({ isActive }) =>
            cx(tab, '-mb-px', isActive ? 'border-nila text-ink' : 'border-transparent text-soft')
          }
        >
          {label}
        </NavLink>
      ))}
    </nav>
  )
}
