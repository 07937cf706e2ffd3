// The page behind the `type` of every problem: what the code means and what to do.
import { problems as ofBilling } from '../../../domains/billing/contract.ts'
import { problems as ofSandbox } from '../../../domains/billing/sandbox/contract.ts'
import { problems as ofContent } from '../../../domains/content/contract.ts'
import { problems as ofIdentity } from '../../../domains/identity/contract.ts'
import { problems as ofProjects } from '../../../domains/projects/contract.ts'
import { commonProblems, type ProblemType } from '../../../platform/contract/problem.ts'
import { page } from '../../context.ts'
import { m } from '../../i18n/generated/messages.js'
import { PageProblem } from '../../problem.ts'
import { problemCodes, problemText } from '../../problem-texts.ts'
import type { RouteHandle } from '../../route-handle.ts'
import { Link } from '../../ui/link.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import type { Route } from './+types/problem.ts'

const declared: readonly ProblemType[] = [
  ...commonProblems,
  ...[ofIdentity, ofContent, ofProjects, ofBilling, ofSandbox].flatMap((problems) =>
    Object.values<ProblemType>(problems),
  ),
]

export const handle: RouteHandle = { shared: true }

export function loader({ params, context }: Route.LoaderArgs) {
  const type = declared.find(({ code }) => code === params.code)
  if (!type || !problemCodes.includes(type.code)) throw PageProblem.notFound()
  const { publicUrl, requestId } = context.get(page)
  const { code, title, status } = type
  return { code, example: { type: `${publicUrl}/developers/errors/${code}`, title, status, code, requestId } }
}

export default function ProblemPage({ loaderData: { code, example } }: Route.ComponentProps) {
  const { title, help } = problemText(code)
  return (
    <div className="page grid gap-x-16 gap-y-12 py-12 md:py-16 lg:grid-cols-[1fr_18rem]">
      <PageHead title={`${title} (${code})`} description={help} />
      <div className="min-w-0">
        <p className="text-small font-semibold text-faint">{m.public_error_page_kicker()}</p>
        <h1 className="mt-2 text-display">{title}</h1>
        <p className="mt-3 font-mono text-small break-all text-nila">{code}</p>
        <h2 className="mt-10 text-lead">{m.public_error_do()}</h2>
        <p className="measure mt-2 text-soft">{help}</p>
        <pre
          tabIndex={0}
          className="mt-10 overflow-x-auto rounded-base border border-line bg-sunken p-5 font-mono text-caption"
        >
          {JSON.stringify(example, null, 2)}
        </pre>
      </div>
      <nav aria-labelledby="codes">
        <h2 id="codes" className="text-small font-semibold">
          {m.public_error_all()}
        </h2>
        <ul className="mt-3 space-y-1 font-mono text-caption">
          {problemCodes.map((each) => (
            <li key={each}>
              <Link
                to={`/developers/errors/${each}`}
                look="quiet"
                aria-current={each === code ? 'page' : undefined}
                className="inline-block py-0.5 aria-[current]:font-bold aria-[current]:text-nila"
              >
                {each}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
    </div>
  )
}
