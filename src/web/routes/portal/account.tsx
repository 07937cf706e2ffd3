// The client's own account: who they are, their password, and where they are signed in.
import { page } from '../../context.ts'
import { m } from '../../i18n/generated/messages.js'
import type { Route } from './+types/account.ts'
import { accountAction, loadAccount } from './parts/account-answer.ts'
import { AccountSections } from './parts/account-sections.tsx'
import { PageTitle } from './parts/page-title.tsx'

export { PortalFault as ErrorBoundary } from './parts/fault.tsx'

export const loader = ({ context }: Route.LoaderArgs) => loadAccount(context.get(page))

export const action = async ({ request, context }: Route.ActionArgs) =>
  accountAction(context.get(page), await request.formData(), '/portal/account')

export default function Account({ loaderData, actionData }: Route.ComponentProps) {
  return (
    <div className="mx-auto max-w-3xl">
      <PageTitle title={m.portal_account_title()} />
      <AccountSections {...loaderData} answer={actionData} />
    </div>
  )
}
