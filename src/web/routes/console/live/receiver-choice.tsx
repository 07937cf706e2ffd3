// One client or project as the receiver: the newest, or what a search finds.
import { useEffect, useState } from 'react'
import { useFetcher } from 'react-router'
import { m } from '../../../i18n/generated/messages.js'
import { Field, Select } from '../../../ui/field.tsx'
import type { loader } from '../palette/search.ts'

export interface Choice {
  value: string
  label: string
}
/** Milliseconds without a key before the server is asked. */
const pause = 200

export function ReceiverChoice({
  kind,
  label,
  newest,
  name,
  value,
  error,
  onChange,
}: {
  kind: 'client' | 'project'
  label: string
  newest: Choice[]
  name: string
  value: string
  error: string | undefined
  onChange(event: { currentTarget: { value: string } }): void
}) {
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState<Choice>()
  const { load, data } = useFetcher<typeof loader>()
  const wanted = query.trim()
  useEffect(() => {
    if (wanted === '') return
    const timer = setTimeout(() => void load(`/console/search?q=${encodeURIComponent(wanted)}`), pause)
    return () => clearTimeout(timer)
  }, [wanted, load])
  const found = wanted !== '' && data?.query === wanted ? data.hits.filter((hit) => hit.kind === kind) : undefined
  const offered: Choice[] = found
    ? found.map(({ to, title, detail }) => ({
        value: to.slice(to.lastIndexOf('/') + 1),
        label: `${title} · ${detail}`,
      }))
    : newest
  // Whoever is chosen stays chosen while one searches on.
  const keeps = chosen && chosen.value === value && !offered.some((each) => each.value === value)
  const choices = keeps ? [chosen, ...offered] : offered
  return (
    <div className="space-y-3">
      <Field
        type="search"
        label={kind === 'client' ? m.console_announce_search_client() : m.console_announce_search_project()}
        value={query}
        autoComplete="off"
        onChange={({ currentTarget }) => setQuery(currentTarget.value)}
        onKeyDown={(event) => {
          // Enter searches; it does not announce.
          if (event.key === 'Enter') event.preventDefault()
        }}
      />
      <Select
        label={label}
        hint={
          <span role="status">
            {found ? m.console_announce_found({ number: found.length }) : m.console_announce_newest()}
          </span>
        }
        name={name}
        value={value}
        error={error}
        onChange={(event) => {
          setChosen(choices.find((each) => each.value === event.currentTarget.value))
          onChange(event)
        }}
      >
        <option value="" />
        {choices.map((each) => (
          <option key={each.value} value={each.value}>
            {each.label}
          </option>
        ))}
      </Select>
    </div>
  )
}
