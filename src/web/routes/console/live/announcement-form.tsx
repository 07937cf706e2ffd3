// The form of an announcement, with what its readers will see beside it.
import { useEffect, useRef, useState } from 'react'
import { useFetcher } from 'react-router'
import { AnnouncementNotice, severityWord } from '../../../../domains/realtime/ui/announcements.tsx'
import { roles } from '../../../../platform/contract/operation.ts'
import { locales, type Locale } from '../../../../platform/contract/shapes.ts'
import { m } from '../../../i18n/generated/messages.js'
import { Button } from '../../../ui/button.tsx'
import type { ComboboxChoice } from '../../../ui/combobox.tsx'
import { Field, Select, Textarea } from '../../../ui/field.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { useAlive } from '../../../ui/now.ts'
import { useToast } from '../../../ui/toast.tsx'
import { isDone, type Outcome } from '../parts/outcome.ts'
import { severities, targetKinds } from './announcement-input.ts'
import { ReceiverSearch } from './receiver-search.tsx'
import { roleWord } from './role.ts'

const kindWords: Record<(typeof targetKinds)[number], () => string> = {
  everybody: () => m.console_announce_everybody(),
  role: () => m.console_announce_role(),
  user: () => m.console_announce_user(),
  project: () => m.console_announce_project(),
}
type Draft = Record<string, string>
const empty: Draft = { target: 'everybody', role: 'client', severity: 'info' }

export function AnnouncementForm({ clients, projects }: { clients: ComboboxChoice[]; projects: ComboboxChoice[] }) {
  const fetcher = useFetcher<Outcome>()
  const toast = useToast()
  const [typed, setTyped] = useState<{ after: Outcome | undefined; values: Draft }>({ after: undefined, values: empty })
  const answer = fetcher.data
  // What was typed before it was sent belongs to the past.
  const draft = answer && isDone(answer) && typed.after !== answer ? empty : typed.values
  const handled = useRef<Outcome>(undefined)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (!answer || handled.current === answer) return
    handled.current = answer
    if (isDone(answer)) toast({ title: m.console_announce_sent(), tone: 'success' })
    else form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus()
  }, [answer, toast])
  const refusal = answer && !isDone(answer) ? answer : undefined
  const field = (name: string) => ({
    name,
    value: draft[name] ?? '',
    error: refusal?.errors[name],
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) =>
      setTyped({ after: answer, values: { ...draft, [name]: value } }),
  })
  return (
    <fetcher.Form ref={form} method="post" action="/console/live/announcements" noValidate className="space-y-5">
      {refusal?.message && (
        <Notice tone="danger" live>
          {refusal.message}
        </Notice>
      )}
      <Receiver kind={draft.target ?? ''} field={field} clients={clients} projects={projects} />
      <Select label={m.console_announce_severity()} {...field('severity')}>
        {severities.map((each) => (
          <option key={each} value={each}>
            {severityWord(each)}
          </option>
        ))}
      </Select>
      <Field label={m.console_announce_title_id()} maxLength={120} lang="id" required {...field('title.id')} />
      <Textarea label={m.console_announce_body_id()} maxLength={2000} lang="id" required {...field('body.id')} />
      <Field label={m.console_announce_title_en()} maxLength={120} lang="en" required {...field('title.en')} />
      <Textarea label={m.console_announce_body_en()} maxLength={2000} lang="en" required {...field('body.en')} />
      <Times field={field} draft={draft} />
      <Preview draft={draft} />
      <Button kind="main" busy={fetcher.state !== 'idle'}>
        {m.console_announce_send()}
      </Button>
    </fetcher.Form>
  )
}

type Bind = (name: string) => {
  name: string
  value: string
  error: string | undefined
  onChange(event: { currentTarget: { value: string } }): void
}

function Receiver({
  kind,
  field,
  clients,
  projects,
}: {
  kind: string
  field: Bind
  clients: ComboboxChoice[]
  projects: ComboboxChoice[]
}) {
  return (
    <>
      <Select label={m.console_announce_receiver()} {...field('target')}>
        {targetKinds.map((each) => (
          <option key={each} value={each}>
            {kindWords[each]()}
          </option>
        ))}
      </Select>
      {kind === 'role' && (
        <Select label={m.console_live_role()} {...field('role')}>
          {roles.map((each) => (
            <option key={each} value={each}>
              {roleWord(each)}
            </option>
          ))}
        </Select>
      )}
      {kind === 'user' && (
        <One
          key="client"
          kind="client"
          label={m.console_announce_choose_client()}
          newest={clients}
          bound={field('userId')}
        />
      )}
      {kind === 'project' && (
        <One
          key="project"
          kind="project"
          label={m.console_announce_choose_project()}
          newest={projects}
          bound={field('projectId')}
        />
      )}
    </>
  )
}

function One({
  kind,
  label,
  newest,
  bound: { name, value, error, onChange },
}: {
  kind: 'client' | 'project'
  label: string
  newest: ComboboxChoice[]
  bound: ReturnType<Bind>
}) {
  const [chosen, setChosen] = useState<ComboboxChoice | null>(null)
  return (
    <>
      <input type="hidden" name={name} value={value} />
      <ReceiverSearch
        kind={kind}
        label={label}
        error={error}
        newest={newest}
        placeholder={kind === 'client' ? m.console_announce_search_client() : m.console_announce_search_project()}
        // After it was sent, the form is empty again.
        chosen={value === '' ? null : chosen}
        onChoose={(choice) => {
          setChosen(choice)
          onChange({ currentTarget: { value: choice?.value ?? '' } })
        }}
      />
    </>
  )
}

/** Typed in the time of this device, sent as the moment it means. */
function Times({ field, draft }: { field: Bind; draft: Draft }) {
  const zone = useAlive() ? new Intl.DateTimeFormat().resolvedOptions().timeZone : ''
  return (
    <div>
      <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-1">
        {(['startsAt', 'endsAt'] as const).map((name) => {
          const { name: _, ...bound } = field(name)
          const typed = draft[name] ?? ''
          return (
            <div key={name}>
              <Field
                type="datetime-local"
                label={name === 'startsAt' ? m.console_announce_starts() : m.console_announce_ends()}
                optional={m.common_optional()}
                {...bound}
              />
              <input type="hidden" name={name} value={momentOf(typed)} />
            </div>
          )
        })}
      </div>
      <p className="mt-1.5 min-h-[1.5em] text-small text-faint">{zone && m.console_announce_zone({ zone })}</p>
    </div>
  )
}

const momentOf = (typed: string) => {
  const moment = new Date(typed)
  return Number.isNaN(moment.getTime()) ? typed : moment.toISOString()
}

const languages = { id: () => m.common_language_id(), en: () => m.common_language_en() }

/** As its readers will see it; until something is typed, what belongs there. */
function Preview({ draft }: { draft: Draft }) {
  const both = (name: 'title' | 'body') => {
    const of = (locale: Locale) =>
      draft[`${name}.${locale}`] ||
      (name === 'title' ? m.console_announce_title({}, { locale }) : m.console_announce_body({}, { locale }))
    return { id: of('id'), en: of('en') }
  }
  const severity = severities.find((each) => each === draft.severity) ?? 'info'
  return (
    <div className="space-y-3">
      <p className="text-small font-semibold">{m.console_announce_preview()}</p>
      {locales.map((locale) => (
        <div key={locale}>
          <p className="mb-1 text-caption text-faint">{languages[locale]()}</p>
          <AnnouncementNotice locale={locale} title={both('title')} body={both('body')} severity={severity} />
        </div>
      ))}
    </div>
  )
}
