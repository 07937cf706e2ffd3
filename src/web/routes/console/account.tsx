// The own account of a person of the agency: the same sections as in the client's portal.
import { page } from '../../context.ts'
import { m } from '../../i18n/generated/messages.js'
import { accountAction, loadAccount } from '../portal/parts/account-answer.ts'
import { AccountSections } from '../portal/parts/account-sections.tsx'
import type { Route } from './+types/account.ts'
import { ConsoleFault } from './parts/fault.tsx'
import { PageTitle } from './parts/page-title.tsx'

export const loader = ({ context }: Route.LoaderArgs) => loadAccount(context.get(page))

export const action = async ({ request, context }: Route.ActionArgs) =>
  accountAction(context.get(page), await request.formData(), new URL(request.url).pathname)

export default function Account({ loaderData, actionData }: Route.ComponentProps) {
  return (
    <div className="max-w-3xl">
      <PageTitle title={m.console_account()} />
      <AccountSections {...loaderData} answer={actionData} />
    </div>
  )
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <ConsoleFault error={error} />
}
