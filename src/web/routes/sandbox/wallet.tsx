// The pretended phone: shows the bill behind a sandbox QR code and lets a person pay it, or make something go wrong. Plain
// forms; after each act the page is shown afresh, so that reloading repeats nothing.
import { data, redirect } from 'react-router'
import { payBill, readBill, Scenario } from '../../../domains/billing/sandbox/contract.ts'
import { page } from '../../context.ts'
import { text } from '../../form.ts'
import { m } from '../../i18n/generated/messages.js'
import { problemOf } from '../../problem.ts'
import type { PageProblem } from '../../problem.ts'
import { Brand } from '../../ui/brand.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import type { Route } from './+types/wallet.ts'
import { BillView } from './bill-view.tsx'
import { ScanForm } from './scan-form.tsx'
import { doneOf, problemWords } from './scenarios.ts'
import { Watermark } from './watermark.tsx'

const address = (fields: Record<string, string>) => `/sandbox/wallet?${new URLSearchParams(fields)}`
/** Only what the reader can do something about; a fault of ours becomes its error page. */
function told(error: unknown): PageProblem {
  const problem = problemOf(error)
  if (problem.status >= 500 || problem.status === 429) throw problem
  return problem
}

export async function loader({ request, context }: Route.LoaderArgs) {
  const { call, sandbox } = context.get(page)
  if (!sandbox) throw data(null, { status: 404 })
  const { searchParams } = new URL(request.url)
  const qr = searchParams.get('qr')?.trim() ?? ''
  const did = Scenario.safeParse(searchParams.get('did')).data ?? null
  const refused = searchParams.get('refused')
  if (qr === '') return { qr, bill: null, did: null, refused }
  try {
    return { qr, bill: await call(readBill, { qrString: qr }), did, refused }
  } catch (error) {
    const problem = told(error)
    return data({ qr, bill: null, did: null, refused: problem.data.code }, { status: problem.status })
  }
}

export async function action({ request, context }: Route.ActionArgs) {
  const { call, sandbox } = context.get(page)
  if (!sandbox) throw data(null, { status: 404 })
  const form = await request.formData().catch(() => {
    throw data(null, { status: 400 })
  })
  const qr = text(form, 'qr')
  // A button of ours names a scenario that exists; anything else is refused like a wrong code.
  const scenario = Scenario.safeParse(text(form, 'scenario') || 'pay').data
  if (!scenario) return redirect(address({ qr: qr.slice(0, 1_000), refused: 'invalid_input' }), 303)
  try {
    await call(payBill, { qrString: qr, scenario })
    return redirect(address({ qr, did: scenario }), 303)
  } catch (error) {
    return redirect(address({ qr: qr.slice(0, 1_000), refused: told(error).data.code }), 303)
  }
}

export default function Wallet({ loaderData: { qr, bill, did, refused } }: Route.ComponentProps) {
  const done = did ? doneOf(did) : null
  return (
    <div className="flex min-h-dvh flex-col items-center bg-sunken sm:py-10">
      <PageHead title={m.sandbox_title()} description={m.sandbox_description()} index={false} />
      <div className="relative isolate flex w-full max-w-[27rem] grow flex-col overflow-hidden bg-paper sm:grow-0 sm:rounded-[2rem] sm:border sm:border-line sm:shadow-float">
        <Watermark />
        <header className="flex items-center justify-between gap-4 border-b border-line px-6 py-4">
          <Brand className="text-small" />
          <span className="rounded-full bg-kunyit-wash px-2.5 py-0.5 text-caption font-bold tracking-wide text-kunyit">
            {m.sandbox_watermark()}
          </span>
        </header>
        <main id="content" className="grow px-6 py-6">
          <h1 className={bill ? 'visually-hidden' : 'text-title'}>
            {bill ? m.sandbox_title() : m.sandbox_scan_title()}
          </h1>
          {done && (
            <Notice tone={done.tone} className="mb-5" live>
              {done.done()}
            </Notice>
          )}
          {refused && bill && (
            <Notice tone="danger" className="mb-5" live>
              {problemWords(refused)}
            </Notice>
          )}
          {bill ? (
            <BillView bill={bill} qr={qr} />
          ) : (
            <ScanForm qr={qr} error={refused ? problemWords(refused) : null} />
          )}
        </main>
        <footer className="border-t border-line px-6 py-4 text-center text-caption text-faint">
          {m.sandbox_no_money()}
        </footer>
      </div>
    </div>
  )
}
