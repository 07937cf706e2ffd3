// The questions of each kind of brief, in the words of the person who answers.
import { m } from '../../../i18n/generated/messages.js'
import type { ServiceKind } from '../parts/services.ts'

export interface BriefField {
  name: string
  label: string
  hint?: string
  example?: string
  /** `long` is a text of several lines; an array is a choice. */
  control: 'long' | 'line' | string[]
  /** What is wrong when the answer does not fit. */
  wrong: string
}

export const briefTitle: Record<ServiceKind, () => string> = {
  company: () => m.public_order_brief_title_company(),
  school: () => m.public_order_brief_title_school(),
  news: () => m.public_order_brief_title_news(),
}
export const nameField: Record<ServiceKind, () => { label: string; example: string }> = {
  company: () => ({ label: m.public_order_name_company(), example: m.public_order_name_company_example() }),
  school: () => ({ label: m.public_order_name_school(), example: m.public_order_name_school_example() }),
  news: () => ({ label: m.public_order_name_news(), example: m.public_order_name_news_example() }),
}

const long = (name: string, label: string, hint?: string): BriefField => ({
  name,
  label,
  ...(hint && { hint }),
  control: 'long',
  wrong: m.public_order_err_text(),
})
const domain = (example: string): BriefField => ({
  name: 'domain',
  label: m.public_order_domain(),
  hint: m.public_order_domain_hint(),
  example,
  control: 'line',
  wrong: m.public_order_err_domain(),
})

/** The fields of the contract's `Brief` of that kind, in the order in which they are asked. */
export const briefFields: Record<ServiceKind, () => BriefField[]> = {
  company: () => [
    long('about', m.public_order_about(), m.public_order_about_hint()),
    long('services', m.public_order_services(), m.public_order_services_hint()),
    long('audience', m.public_order_audience()),
    domain(m.public_order_domain_company()),
    long('references', m.public_order_references(), m.public_order_references_hint()),
    long('notes', m.public_order_notes()),
  ],
  school: () => [
    {
      name: 'level',
      label: m.public_order_level(),
      control: m.public_order_levels().split('|'),
      wrong: m.public_order_err_text(),
    },
    {
      name: 'npsn',
      label: m.public_order_npsn(),
      hint: m.public_order_npsn_hint(),
      control: 'line',
      wrong: m.public_order_err_npsn(),
    },
    long('programs', m.public_order_programs()),
    long('facilities', m.public_order_facilities()),
    long('admission', m.public_order_admission(), m.public_order_admission_hint()),
    domain(m.public_order_domain_school()),
    long('notes', m.public_order_notes()),
  ],
  news: () => [
    long('coverage', m.public_order_coverage()),
    long('sections', m.public_order_sections(), m.public_order_sections_hint()),
    long('editors', m.public_order_editors(), m.public_order_editors_hint()),
    long('schedule', m.public_order_schedule()),
    domain(m.public_order_domain_news()),
    long('notes', m.public_order_notes()),
  ],
}
