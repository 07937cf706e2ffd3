// The field and the list of the palette, as a combobox: the focus stays in the field, the arrows move through the list.
import { useEffect, useId, useState } from 'react'
import { useFetcher, useNavigate } from 'react-router'
import { m } from '../../../i18n/generated/messages.js'
import { cx } from '../../../ui/class-names.ts'
import { Icon, type IconName } from '../../../ui/icon.tsx'
import { matches, places } from './places.ts'
import type { Hit, loader } from './search.ts'

interface Option {
  to: string
  title: string
  icon: IconName
  detail?: string
}
const icons: Record<Hit['kind'], IconName> = { project: 'board', client: 'user', invoice: 'receipt' }
const kinds: Record<Hit['kind'], () => string> = {
  project: () => m.console_kind_project(),
  client: () => m.console_kind_client(),
  invoice: () => m.console_kind_invoice(),
}
/** Milliseconds without a key before the server is asked. */
const pause = 120

export function PaletteList({ onGone }: { onGone: () => void }) {
  const [query, setQuery] = useState('')
  const [active, setActive] = useState(0)
  const { load, data, state } = useFetcher<typeof loader>()
  const navigate = useNavigate()
  const id = useId()
  const wanted = query.trim()
  useEffect(() => {
    if (wanted === '') return
    const timer = setTimeout(() => void load(`/console/search?q=${encodeURIComponent(wanted)}`), pause)
    return () => clearTimeout(timer)
  }, [wanted, load])

  const hits = wanted !== '' && data ? data.hits : []
  const options: Option[] = [
    ...places().filter(({ title }) => matches(title, wanted)),
    ...hits.map(({ kind, to, title, detail }) => ({
      to,
      title,
      icon: icons[kind],
      detail: `${kinds[kind]()} · ${detail}`,
    })),
  ]
  const at = Math.min(active, options.length - 1)
  const settled = wanted === '' || (state === 'idle' && data?.query === wanted)
  const go = (option: Option | undefined) => {
    if (!option) return
    onGone()
    void navigate(option.to)
  }
  const moveTo = (index: number) => {
    setActive((index + options.length) % Math.max(1, options.length))
  }
  useEffect(() => {
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, at])

  return (
    <div>
      <div className="flex items-center gap-3 border-b border-line px-4">
        <Icon name="search" className="text-faint" />
        <input
          role="combobox"
          aria-label={m.console_palette_label()}
          aria-expanded={options.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={options.length > 0 ? `${id}-${at}` : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          maxLength={100}
          value={query}
          placeholder={m.console_palette_placeholder()}
          className="h-13 w-full bg-transparent text-body outline-none"
          onChange={({ currentTarget: { value } }) => {
            setQuery(value)
            setActive(0)
          }}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown') moveTo(at + 1)
            else if (event.key === 'ArrowUp') moveTo(at - 1)
            else if (event.key === 'Enter') go(options[at])
            else return
            event.preventDefault()
          }}
        />
      </div>
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={m.console_palette_results()}
        className="max-h-[55dvh] overflow-y-auto p-1.5"
      >
        {options.map((option, index) => (
          // The keys are taken by the field above; the mouse is only another way.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
          <div
            key={option.to}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            onClick={() => go(option)}
            onMouseMove={() => setActive(index)}
            className={cx(
              'flex cursor-default items-center gap-3 rounded-[0.5rem] px-3 py-2 text-small',
              index === at && 'bg-nila-wash',
            )}
          >
            <Icon name={option.icon} className={index === at ? 'text-nila' : 'text-faint'} />
            <span className="min-w-0 flex-1 truncate font-medium">{option.title}</span>
            {option.detail && <span className="max-w-[50%] truncate text-caption text-faint">{option.detail}</span>}
          </div>
        ))}
      </div>
      <p role="status" className="px-4 pb-4 text-small text-soft empty:hidden">
        {options.length === 0 && settled ? m.console_palette_nothing({ query: wanted }) : ''}
      </p>
      <p className="flex flex-wrap gap-x-4 gap-y-1 border-t border-line px-4 py-2.5 text-caption text-faint max-sm:hidden">
        <span>{m.console_palette_keys()}</span>
        <span>{m.console_palette_list_keys()}</span>
      </p>
    </div>
  )
}
