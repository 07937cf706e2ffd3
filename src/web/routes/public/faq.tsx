import { listFaqs } from '../../../domains/content/contract.ts'
import { page } from '../../context.ts'
import { m } from '../../i18n/generated/messages.js'
import type { RouteHandle } from '../../route-handle.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import type { Route } from './+types/faq.ts'
import { FaqList } from './parts/faq-list.tsx'
import { PageTop } from './parts/page-top.tsx'

export const handle: RouteHandle = { shared: true }

export async function loader({ context }: Route.LoaderArgs) {
  return { faqs: (await context.get(page).call(listFaqs, {})).data }
}

export default function Faq({ loaderData: { faqs } }: Route.ComponentProps) {
  return (
    <>
      <PageHead title={m.public_faq_page_title()} description={m.public_faq_meta()} />
      <PageTop title={m.public_faq_page_title()} text={m.public_faq_meta()} />
      <div className="page grid gap-x-20 gap-y-12 py-12 md:py-16 lg:grid-cols-[1.8fr_1fr]">
        {faqs.length > 0 ? <FaqList faqs={faqs} openFirst /> : <EmptyState icon="chat" title={m.public_faq_empty()} />}
        <aside className="self-start border-t-2 border-ink pt-5">
          <h2 className="text-lead">{m.public_faq_more_title()}</h2>
          <p className="mt-2 text-small text-soft">{m.public_faq_more_text()}</p>
          <ButtonLink to="/pesan" kind="main" className="mt-5">
            {m.public_closing_start()}
          </ButtonLink>
        </aside>
      </div>
    </>
  )
}
