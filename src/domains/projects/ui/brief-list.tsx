// The brief as the client wrote it; what was left empty is left out.
import type { z } from 'zod'
import { m } from '../../../web/i18n/generated/messages.js'
import type { Brief } from '../contract.ts'
import { LinkedText } from './linked-text.tsx'

type BriefText = z.output<typeof Brief>
type Field = Exclude<{ [K in BriefText['kind']]: keyof Extract<BriefText, { kind: K }> }[BriefText['kind']], 'kind'>

const labels: Record<Field, () => string> = {
  about: () => m.portal_brief_about(),
  services: () => m.portal_brief_services(),
  audience: () => m.portal_brief_audience(),
  level: () => m.portal_brief_level(),
  npsn: () => m.portal_brief_npsn(),
  programs: () => m.portal_brief_programs(),
  facilities: () => m.portal_brief_facilities(),
  admission: () => m.portal_brief_admission(),
  coverage: () => m.portal_brief_coverage(),
  sections: () => m.portal_brief_sections(),
  editors: () => m.portal_brief_editors(),
  schedule: () => m.portal_brief_schedule(),
  domain: () => m.portal_brief_domain(),
  references: () => m.portal_brief_references(),
  notes: () => m.portal_brief_notes(),
}

export function BriefList({ brief }: { brief: BriefText | null }) {
  const given: Partial<Record<Field, string | undefined>> = brief ?? {}
  const filled = (Object.keys(labels) as Field[]).flatMap((field) => {
    const text = given[field]
    return text ? [{ field, text }] : []
  })
  if (filled.length === 0) return <p className="text-small text-soft">{m.portal_brief_empty()}</p>
  return (
    <dl className="space-y-4 text-small">
      {filled.map(({ field, text }) => (
        <div key={field}>
          <dt className="text-faint">{labels[field]()}</dt>
          <dd className="mt-0.5">
            <LinkedText text={text} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
