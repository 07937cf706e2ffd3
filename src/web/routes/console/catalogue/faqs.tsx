import { listManagedFaqs } from '../../../../domains/content/contract.ts'
import { page } from '../../../context.ts'
import { m } from '../../../i18n/generated/messages.js'
import { getLocale } from '../../../i18n/generated/runtime.js'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Link } from '../../../ui/link.tsx'
import { Table } from '../../../ui/table.tsx'
import { ConsoleFault } from '../parts/fault.tsx'
import type { Route } from './+types/faqs.ts'
import { every } from './every.ts'
import { ListHead } from './list-head.tsx'
import { VisibilityButton, VisibleTag } from './visibility.tsx'

export async function loader({ context }: Route.LoaderArgs) {
  const { call } = context.get(page)
  return { faqs: await every((input) => call(listManagedFaqs, input)) }
}

export default function Faqs({ loaderData: { faqs } }: Route.ComponentProps) {
  const locale = getLocale()
  return (
    <>
      <ListHead to="/console/catalogue/faqs/new" label={m.console_faq_new()} />
      {faqs.length === 0 ? (
        <EmptyState icon="chat" title={m.console_no_faqs_title()}>
          {m.console_no_faqs_text()}
        </EmptyState>
      ) : (
        <Table
          caption={m.console_faqs()}
          rows={faqs}
          rowKey={({ id }) => id}
          columns={[
            {
              key: 'question',
              head: m.console_question(),
              className: 'min-w-56',
              cell: ({ id, question, answer }) => (
                <>
                  <Link look="plain" data-row to={`/console/catalogue/faqs/${id}`} className="font-semibold">
                    {question[locale]}
                  </Link>
                  <span className="line-clamp-2 measure text-caption text-soft">{answer[locale]}</span>
                </>
              ),
            },
            { key: 'visible', head: m.console_visibility(), cell: ({ visible }) => <VisibleTag visible={visible} /> },
            {
              key: 'act',
              head: <span className="visually-hidden">{m.console_actions()}</span>,
              end: true,
              cell: ({ id, question, visible }) => (
                <VisibilityButton action={`/console/catalogue/faqs/${id}`} name={question[locale]} visible={visible} />
              ),
            },
          ]}
        />
      )}
    </>
  )
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <ConsoleFault error={error} />
}
