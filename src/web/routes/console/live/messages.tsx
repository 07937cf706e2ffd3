// What was sent to whom: the newest first, more as one scrolls.
import { useCallback, useEffect, useRef, useState } from 'react'
import { Form, useFetcher, useLocation, useNavigate, useSearchParams } from 'react-router'
import { z } from 'zod'
import { getClient } from '../../../../domains/identity/contract.ts'
import { getConnection, listMessages, MessageType } from '../../../../domains/realtime/contract.ts'
import { Id } from '../../../../platform/contract/shapes.ts'
import { page } from '../../../context.ts'
import { m } from '../../../i18n/generated/messages.js'
import { nullIfGone } from '../../../problem.ts'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Field } from '../../../ui/field.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Link } from '../../../ui/link.tsx'
import { useAlive } from '../../../ui/now.ts'
import { liveEventTypes } from '../events/event-types.ts'
import { asked, given } from '../parts/asked.ts'
import { ConsoleFault } from '../parts/fault.tsx'
import { FilterBar, FilterLinks, Results } from '../parts/filters.tsx'
import { reachable, useReload } from '../parts/reload.ts'
import { SelectFilter } from '../parts/select-filter.tsx'
import type { Route } from './+types/messages.ts'
import { nameOf } from './connections-table.tsx'
import { extended, refreshed, type Part } from './growing.ts'
import { MessagesTable, typeWord, type DeliveryView } from './messages-table.tsx'
import { ReceiverSearch } from './receiver-search.tsx'
import { endOfDay, startOfDay } from './steps.ts'
import { Totals } from './totals.tsx'

/** A day as a date field writes it. */
const Day = z.iso.date()

export async function loader({ request, context }: Route.LoaderArgs) {
  const { call, now } = context.get(page)
  const { one, cursor } = asked(request)
  const [from, to] = [one('from', Day), one('to', Day)]
  const span = given({ from: from && startOfDay(from), to: to && endOfDay(to) })
  const [connectionId, userId] = [one('connection', Id), one('user', Id)]
  const filter = given({
    type: one('type', MessageType),
    event: one('event', z.enum(liveEventTypes)),
    connectionId,
    userId,
    ...span,
  })
  const [list, user, connection] = await Promise.all([
    call(listMessages, { limit: 50, ...cursor, ...filter }),
    userId === undefined ? null : call(getClient, { id: userId }).catch(nullIfGone),
    connectionId === undefined ? null : call(getConnection, { id: connectionId }).catch(nullIfGone),
  ])
  return {
    list,
    after: cursor.cursor,
    filtered: Object.keys(filter).length > 0,
    span: { ...span, now: now.getTime() },
    userId,
    user: user && { value: user.id, label: user.name },
    connection: connection && nameOf(connection),
  }
}

export default function Messages({ loaderData }: Route.ComponentProps) {
  useReload(5_000)
  const { list, filtered, span } = loaderData
  const [params] = useSearchParams()
  return (
    <>
      <Totals totals={list.totals} span={span} />
      <FilterBar>
        <FilterLinks
          label={m.console_live_type()}
          name="type"
          choices={[
            { value: '', label: m.console_all() },
            ...MessageType.options.map((each) => ({ value: each, label: typeWord(each) })),
          ]}
        />
        <SelectFilter
          label={m.console_live_event()}
          name="event"
          all={m.console_live_all_events()}
          choices={liveEventTypes.map((name) => ({ value: name, label: name }))}
          className="max-sm:w-full"
        />
        <Receiver {...loaderData} />
        <Days key={`${params.get('from')} ${params.get('to')}`} />
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

/** One connection or user, where the address names one; otherwise a search for a client. */
function Receiver({
  userId,
  user,
  connection,
}: Pick<Route.ComponentProps['loaderData'], 'userId' | 'user' | 'connection'>) {
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const alive = useAlive()
  const without = (name: string, value?: string) => {
    const next = new URLSearchParams(params)
    next.delete('cursor')
    next.delete(name)
    if (value !== undefined) next.set(name, value)
    return `?${next}`
  }
  const narrowed = params.has('connection')
    ? { name: 'connection', text: m.console_live_this_connection({ name: connection ?? '–' }) }
    : userId !== undefined && user === null
      ? { name: 'user', text: m.console_live_this_user() }
      : null
  if (narrowed)
    return (
      <Link
        look="plain"
        to={without(narrowed.name)}
        preventScrollReset
        aria-label={m.console_live_show_all({ what: narrowed.text })}
        className="inline-flex min-h-9 items-center gap-1.5 rounded-base bg-nila-wash px-3 py-1.5 text-small font-semibold text-nila"
      >
        {narrowed.text}
        <Icon name="close" />
      </Link>
    )
  if (!alive) return <div className="h-10 w-56 max-sm:w-full" />
  return (
    <ReceiverSearch
      dense
      labelHidden
      kind="client"
      label={m.console_announce_choose_client()}
      placeholder={m.console_live_any_client()}
      chosen={user}
      onChoose={(choice) => void navigate(without('user', choice?.value), { preventScrollReset: true })}
      className="w-56 max-sm:w-full"
    />
  )
}

function Days() {
  const [params] = useSearchParams()
  const kept = [...params].filter(([key]) => !['from', 'to', 'cursor'].includes(key))
  return (
    <Form className="flex flex-wrap items-center gap-2 text-small [&_input]:h-10 [&_input]:w-40 [&_input]:text-small max-sm:w-full max-sm:[&_input]:w-full max-sm:[&_input]:px-2 max-sm:[&>div]:min-w-0 max-sm:[&>div]:flex-1">
      {kept.map(([key, value]) => (
        <input key={key} type="hidden" name={key} value={value} />
      ))}
      <Field
        labelHidden
        type="date"
        name="from"
        label={m.console_live_from_date()}
        defaultValue={params.get('from') ?? ''}
      />
      <span aria-hidden="true" className="text-faint">
        –
      </span>
      <Field labelHidden type="date" name="to" label={m.console_live_to_date()} defaultValue={params.get('to') ?? ''} />
      <Button size="small" className="max-sm:w-full">
        {m.console_live_apply()}
      </Button>
    </Form>
  )
}

type Loaded = Pick<Route.ComponentProps['loaderData'], 'list' | 'after'>

/** The list with what was loaded behind its end; each message once. */
function Growing({ first }: { first: Loaded['list'] }) {
  const { pathname, search } = useLocation()
  const { load, data, state, reset } = useFetcher<Loaded>()
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
  // A loader that fails would put a fault in the place of what is shown.
  const [failed, setFailed] = useState(false)
  const askedAt = useRef<number>(undefined)
  const more = useCallback(async () => {
    const answers = await reachable()
    setFailed(!answers)
    if (answers) await load(following)
    else askedAt.current = undefined
  }, [load, following])
  useEffect(() => {
    const mark = end.current
    if (!mark || !next || !idle || failed) return
    const seen = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) void more()
      },
      { rootMargin: '400px' },
    )
    seen.observe(mark)
    return () => seen.disconnect()
  }, [next, idle, failed, more])
  // What was taken is not asked for again whenever the page reloads.
  useEffect(() => {
    if (data && idle) reset()
  }, [data, idle, reset])
  // The button disables itself, and goes with the last part: the focus goes on to the first row that it brought.
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (askedAt.current === undefined || !idle) return
    list.current?.querySelectorAll<HTMLElement>('[data-row]')[askedAt.current]?.focus({ preventScroll: true })
    askedAt.current = undefined
  }, [idle])
  return (
    <div ref={list}>
      <MessagesTable messages={all.data} />
      <div ref={end} className="mt-4 flex min-h-12 flex-wrap items-center justify-center gap-x-4 gap-y-2">
        <p role="status" className="flex gap-1.5 text-small text-bata empty:hidden">
          {failed && (
            <>
              <Icon name="alert" className="mt-[0.2em]" />
              <span>{m.console_live_more_failed()}</span>
            </>
          )}
        </p>
        {next && (
          <Button
            type="button"
            busy={!idle}
            onClick={() => {
              askedAt.current = all.data.length
              void more()
            }}
          >
            {m.console_live_more()}
          </Button>
        )}
      </div>
    </div>
  )
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <ConsoleFault error={error} />
}
