import { listManagedPlans } from '../../../../domains/content/contract.ts'
import { page } from '../../../context.ts'
import { m } from '../../../i18n/generated/messages.js'
import { getLocale } from '../../../i18n/generated/runtime.js'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Link } from '../../../ui/link.tsx'
import { Money } from '../../../ui/money.tsx'
import { Table } from '../../../ui/table.tsx'
import { ConsoleFault } from '../parts/fault.tsx'
import type { Route } from './+types/plans.ts'
import { every } from './every.ts'
import { ListHead } from './list-head.tsx'
import { VisibilityButton, VisibleTag } from './visibility.tsx'

export async function loader({ context }: Route.LoaderArgs) {
  const { call } = context.get(page)
  return { plans: await every((input) => call(listManagedPlans, input)) }
}

export default function Plans({ loaderData: { plans } }: Route.ComponentProps) {
  const locale = getLocale()
  return (
    <>
      <ListHead to="/console/catalogue/plans/new" label={m.console_plan_new()} />
      {plans.length === 0 ? (
        <EmptyState icon="layers" title={m.console_no_plans_title()}>
          {m.console_no_plans_text()}
        </EmptyState>
      ) : (
        <Table
          caption={m.console_plans()}
          rows={plans}
          rowKey={({ id }) => id}
          columns={[
            {
              key: 'name',
              head: m.console_plan(),
              className: 'min-w-40',
              cell: ({ id, name, slug }) => (
                <>
                  <Link look="plain" data-row to={`/console/catalogue/plans/${id}`} className="font-semibold">
                    {name[locale]}
                  </Link>
                  <span className="block font-mono text-caption text-faint">{slug}</span>
                </>
              ),
            },
            { key: 'price', head: m.console_price(), end: true, cell: ({ price }) => <Money rupiah={price} /> },
            {
              key: 'support',
              head: m.console_support(),
              end: true,
              className: 'whitespace-nowrap',
              cell: ({ supportDays }) => m.console_days({ days: supportDays }),
            },
            { key: 'features', head: m.console_features(), end: true, cell: ({ features }) => features.length },
            { key: 'visible', head: m.console_visibility(), cell: ({ visible }) => <VisibleTag visible={visible} /> },
            {
              key: 'act',
              head: <span className="visually-hidden">{m.console_actions()}</span>,
              end: true,
              cell: ({ id, name, visible }) => (
                <VisibilityButton action={`/console/catalogue/plans/${id}`} name={name[locale]} visible={visible} />
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
