// Filters of a list. They live in the address: a filtered list can be kept, shared and gone back to. A change of a filter
// starts the list from its beginning.
import { useEffect, useRef, type ReactNode } from 'react'
import { Form, Link, useLocation, useNavigation, useSearchParams, useSubmit } from 'react-router'
import { m } from '../../../i18n/generated/messages.js'
import { cx } from '../../../ui/class-names.ts'
import { controlClass } from '../../../ui/field.tsx'
import { Icon } from '../../../ui/icon.tsx'

/** Time without a key pressed after which the search begins by itself, in milliseconds. */
const pause = 250

/** Searches while typing; without JavaScript on Enter. Other filters are kept. */
export function SearchBox({
  label,
  name = 'search',
  placeholder,
}: {
  label: string
  name?: string
  placeholder?: string
}) {
  const [params] = useSearchParams()
  const submit = useSubmit()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const box = useRef<HTMLInputElement>(null)
  const value = params.get(name) ?? ''
  useEffect(() => () => clearTimeout(timer.current), [])
  // Back and forward change the address under the box.
  useEffect(() => {
    if (box.current && document.activeElement !== box.current) box.current.value = value
  }, [value])
  const kept = [...params].filter(([key]) => key !== name && key !== 'cursor')
  return (
    <Form role="search" className="relative min-w-48 flex-1 sm:max-w-xs" onSubmit={() => clearTimeout(timer.current)}>
      {kept.map(([key, each]) => (
        <input key={key} type="hidden" name={key} value={each} />
      ))}
      <Icon name="search" className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-faint" />
      <input
        ref={box}
        type="search"
        name={name}
        aria-label={label}
        placeholder={placeholder ?? label}
        defaultValue={value}
        maxLength={100}
        autoComplete="off"
        data-search
        className={cx(controlClass, 'h-10 pl-9 text-small')}
        onChange={({ currentTarget: { form } }) => {
          clearTimeout(timer.current)
          timer.current = setTimeout(() => void submit(form, { replace: true, preventScrollReset: true }), pause)
        }}
      />
    </Form>
  )
}

export interface Choice {
  /** Empty for no filter. */
  value: string
  label: string
  count?: number | undefined
}

/** One of a few values, as links. */
export function FilterLinks({
  label,
  name,
  choices,
  className,
}: {
  label: string
  name: string
  choices: Choice[]
  className?: string
}) {
  const { pathname } = useLocation()
  const [params] = useSearchParams()
  const current = params.get(name) ?? ''
  return (
    <nav
      aria-label={label}
      className={cx('-mx-1 flex gap-1 overflow-x-auto px-1 py-0.5 md:flex-wrap md:overflow-visible', className)}
    >
      {choices.map(({ value, label, count }) => {
        const next = new URLSearchParams(params)
        next.delete('cursor')
        if (value === '') next.delete(name)
        else next.set(name, value)
        return (
          <Link
            key={value}
            to={next.size === 0 ? pathname : `${pathname}?${next}`}
            preventScrollReset
            aria-current={value === current ? 'true' : undefined}
            className={cx(
              'inline-flex min-h-9 shrink-0 items-center gap-1.5 rounded-base px-3 text-small font-semibold whitespace-nowrap no-underline transition-colors duration-150',
              value === current ? 'bg-nila-wash text-nila' : 'text-soft hover:bg-sunken hover:text-ink',
            )}
          >
            {label}
            {count !== undefined && <span className="text-caption font-medium tabular">{count}</span>}
          </Link>
        )
      })}
    </nav>
  )
}

/** Search and filters in one line; it breathes while a new answer is on its way. */
export function FilterBar({ children }: { children: ReactNode }) {
  return <div className="mb-5 flex flex-wrap items-center gap-x-4 gap-y-3">{children}</div>
}

/** Dims what is about to be replaced by another search of the same page. */
export function Results({ children }: { children: ReactNode }) {
  const { pathname } = useLocation()
  const { state, location } = useNavigation()
  const waiting = state === 'loading' && location.pathname === pathname
  return (
    <div aria-busy={waiting} className={cx('transition-opacity delay-200 duration-150', waiting && 'opacity-55')}>
      {children}
    </div>
  )
}

export const noMatch = (query: string) => m.console_no_match({ query })
