import { listManagedPlans, listManagedTemplates } from '../../../../domains/content/contract.ts'
import { page } from '../../../context.ts'
import { m } from '../../../i18n/generated/messages.js'
import { getLocale } from '../../../i18n/generated/runtime.js'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Link } from '../../../ui/link.tsx'
import { Table } from '../../../ui/table.tsx'
import { ConsoleFault } from '../parts/fault.tsx'
import type { Route } from './+types/templates.ts'
import { every } from './every.ts'
import { ListHead } from './list-head.tsx'
import { VisibilityButton, VisibleTag } from './visibility.tsx'

export async function loader({ context }: Route.LoaderArgs) {
  const { call, locale } = context.get(page)
  const [templates, plans] = await Promise.all([
    every((input) => call(listManagedTemplates, input)),
    every((input) => call(listManagedPlans, input)),
  ])
  const names = new Map(plans.map(({ slug, name }) => [slug, name[locale]]))
  return {
    templates: templates.map((template) => ({ ...template, planName: names.get(template.plan) ?? template.plan })),
  }
}

export default function Templates({ loaderData: { templates } }: Route.ComponentProps) {
  const locale = getLocale()
  return (
    <>
      <ListHead to="/console/catalogue/templates/new" label={m.console_template_new()} />
      {templates.length === 0 ? (
        <EmptyState icon="layers" title={m.console_no_templates_title()}>
          {m.console_no_templates_text()}
        </EmptyState>
      ) : (
        <Table
          caption={m.console_templates()}
          rows={templates}
          rowKey={({ id }) => id}
          columns={[
            {
              key: 'picture',
              head: <span className="visually-hidden">{m.console_picture()}</span>,
              className: 'w-24',
              cell: ({ pictureUrl }) => (
                <img
                  src={pictureUrl}
                  alt=""
                  width="96"
                  height="72"
                  loading="lazy"
                  className="block aspect-4/3 w-20 rounded-[0.375rem] border border-line object-cover object-top"
                />
              ),
            },
            {
              key: 'name',
              head: m.console_template(),
              className: 'min-w-40',
              cell: ({ id, name, slug }) => (
                <>
                  <Link look="plain" data-row to={`/console/catalogue/templates/${id}`} className="font-semibold">
                    {name[locale]}
                  </Link>
                  <span className="block font-mono text-caption text-faint">{slug}</span>
                </>
              ),
            },
            { key: 'plan', head: m.console_plan(), className: 'whitespace-nowrap', cell: ({ planName }) => planName },
            { key: 'visible', head: m.console_visibility(), cell: ({ visible }) => <VisibleTag visible={visible} /> },
            {
              key: 'act',
              head: <span className="visually-hidden">{m.console_actions()}</span>,
              end: true,
              cell: ({ id, name, visible }) => (
                <VisibilityButton action={`/console/catalogue/templates/${id}`} name={name[locale]} visible={visible} />
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
