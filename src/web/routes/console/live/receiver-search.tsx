// One client or project, found by a few letters.
import { useEffect, useState } from 'react'
import { useFetcher } from 'react-router'
import { m } from '../../../i18n/generated/messages.js'
import { Combobox, type ComboboxChoice } from '../../../ui/combobox.tsx'
import type { loader } from '../palette/search.ts'

/** Milliseconds without a key before the server is asked. */
const pause = 150

export function ReceiverSearch({
  kind,
  newest = [],
  ...look
}: {
  kind: 'client' | 'project'
  /** Offered before anything is typed. */
  newest?: readonly ComboboxChoice[]
} & Omit<Parameters<typeof Combobox>[0], 'choices' | 'onSearch' | 'nothing'>) {
  const [query, setQuery] = useState('')
  const { load, data } = useFetcher<typeof loader>()
  const wanted = query.trim()
  useEffect(() => {
    if (wanted === '') return
    const timer = setTimeout(() => void load(`/console/search?q=${encodeURIComponent(wanted)}`), pause)
    return () => clearTimeout(timer)
  }, [wanted, load])
  const settled = data?.query === wanted
  const found = (data?.hits ?? [])
    .filter((hit) => hit.kind === kind)
    .map(({ to, title, detail }) => ({ value: to.slice(to.lastIndexOf('/') + 1), label: title, detail }))
  return (
    <Combobox
      {...look}
      choices={wanted === '' ? newest : found}
      onSearch={setQuery}
      nothing={
        wanted === ''
          ? m.console_live_search_begin()
          : settled
            ? m.console_live_search_nothing({ query: wanted })
            : m.console_live_search_running()
      }
    />
  )
}
