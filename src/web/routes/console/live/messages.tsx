// What was sent to whom: the newest first, more as one scrolls.
import { useEffect, useRef, useState } from 'react'
import { Form, useFetcher, useLocation, useSearchParams } from 'react-router'
import { z } from 'zod'
import { listMessages, MessageType } from '../../../../domains/realtime/contract.ts'
import { Id } from '../../../../platform/contract/shapes.ts'
import { page } from '../../../context.ts'
import { m } from '../../../i18n/generated/messages.js'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Field } from '../../../ui/field.tsx'
import { Link } from '../../../ui/link.tsx'
import { asked, given } from '../parts/asked.ts'
import { ConsoleFault } from '../parts/fault.tsx'
import { FilterBar, FilterLinks, Results, SearchBox } from '../parts/filters.tsx'
import type { Route } from './+types/messages.ts'
import { extended, refreshed, type Part } from './growing.ts'
import { HoursChart } from './hours-chart.tsx'
import { MessagesTable, typeWord, type DeliveryView } from './messages-table.tsx'

/** A day as a date field writes it, in the agency's zone. */
const Day = z.iso.date()
const startOf = (day: string) => new Date(`${day}T00:00:00+07:00`).toISOString()
const endOf = (day: string) => new Date(new Date(`${day}T00:00:00+07:00`).getTime() + 86_400_000).toISOString()

export async function loader({ request, context }: Route.LoaderArgs) {
  const { call, now } = context.get(page)
  const { text, one, cursor } = asked(request)
  const [from, to] = [one('from', Day), one('to', Day)]
  const filter = given({
    type: one('type', MessageType),
    event: text('search'),
    connectionId: one('connection', Id),
    userId: one('user', Id),
    from: from && startOf(from),
    to: to && endOf(to),
  })
  const list = await call(listMessages, { limit: 50, ...cursor, ...filter })
  return { list, after: cursor.cursor, filtered: Object.keys(filter).length > 0, now: now.getTime() }
}

export default function Messages({ loaderData }: Route.ComponentProps) {
  const { list, filtered, now } = loaderData
  const [params] = useSearchParams()
  const narrowed = params.has('connection') || params.has('user')
  return (
    <>
      <HoursChart totals={list.totals} now={now} />
      <FilterBar>
        <SearchBox label={m.console_live_search_event()} />
        <FilterLinks
          label={m.console_live_type()}
          name="type"
          choices={[
            { value: '', label: m.console_all() },
            ...MessageType.options.map((each) => ({
              value: each,
              label: typeWord(each),
              count: list.totals.byType[each],
            })),
          ]}
        />
        <Days />
        {narrowed && (
          <p className="text-small">
            {params.has('connection') ? m.console_live_this_connection() : m.console_live_this_user()}{' '}
            <Link to="/console/live/messages">{m.console_live_show_all()}</Link>
          </p>
        )}
      </FilterBar>
      <Results>
        {list.data.length === 0 ? (
          <EmptyState icon="bolt" title={filtered ? m.console_nothing_here() : m.console_live_no_messages_title()}>
            {filtered ? m.console_change_filters() : m.console_live_no_messages_text()}
          </EmptyState>
        ) : (
          <Growing key={params.toString()} first={list} />
        )}
      </Results>
    </>
  )
}

function Days() {
  const [params] = useSearchParams()
  const kept = [...params].filter(([key]) => !['from', 'to', 'cursor'].includes(key))
  return (
    <Form className="flex flex-wrap items-end gap-2">
      {kept.map(([key, value]) => (
        <input key={key} type="hidden" name={key} value={value} />
      ))}
      <Field type="date" name="from" label={m.console_live_from_date()} defaultValue={params.get('from') ?? ''} />
      <Field type="date" name="to" label={m.console_live_to_date()} defaultValue={params.get('to') ?? ''} />
      <Button kind="plain">{m.console_live_apply()}</Button>
    </Form>
  )
}

type Loaded = Pick<Route.ComponentProps['loaderData'], 'list' | 'after'>

/** The list with what was loaded behind its end; each message once. */
function Growing({ first }: { first: Loaded['list'] }) {
  const { pathname, search } = useLocation()
  const { load, data, state } = useFetcher<Loaded>()
  const [top, setTop] = useState(first)
  const [known, setKnown] = useState<Part<DeliveryView>>(first)
  const end = useRef<HTMLDivElement>(null)
  const fresh = first === top ? known : refreshed(known, first)
  const all = data ? extended(fresh, data.list, data.after) : fresh
  if (first !== top) setTop(first)
  if (all !== known) setKnown(all)
  const next = all.nextCursor
  const idle = state === 'idle'
  const address = new URLSearchParams(search)
  if (next) address.set('cursor', next)
  const following = `${pathname}?${address}`
  useEffect(() => {
    const mark = end.current
    if (!mark || !next || !idle) return
    const seen = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) void load(following)
      },
      { rootMargin: '400px' },
    )
    seen.observe(mark)
    return () => seen.disconnect()
  }, [next, idle, load, following])
  return (
    <>
      <MessagesTable messages={all.data} />
      <div ref={end} className="mt-4 flex min-h-12 justify-center">
        {next && (
          <Button kind="plain" busy={!idle} onClick={() => void load(following)}>
            {m.console_live_more()}
          </Button>
        )}
      </div>
    </>
  )
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <ConsoleFault error={error} />
}
