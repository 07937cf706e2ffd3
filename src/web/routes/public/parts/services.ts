// The three kinds of website, as the public site speaks of them.
import type { z } from 'zod'
import type { BriefKind } from '../../../../domains/content/contract.ts'
import { m } from '../../../i18n/generated/messages.js'
import type { IconName } from '../../../ui/icon.tsx'

export type ServiceKind = z.output<typeof BriefKind>

export interface Service {
  kind: ServiceKind
  path: string
  icon: IconName
  /** Working days until it is ready for review; word joiners keep the range on one line. */
  ready: string
  name(): string
  audience(): string
  summary(): string
  title(): string
  meta(): string
  text(): string
  points(): { title: string; text: string }[]
  /** What the agency needs from the client. */
  asks(): string[]
}

const listed = (text: string) => text.split('|')

export const services: readonly Service[] = [
  {
    kind: 'company',
    path: '/layanan/company-profile',
    icon: 'building',
    ready: '7\u2060–\u206010',
    name: () => m.public_service_company(),
    audience: () => m.public_services_company_for(),
    summary: () => m.public_services_company_text(),
    title: () => m.public_company_title(),
    meta: () => m.public_company_meta(),
    text: () => m.public_company_text(),
    points: () => [
      { title: m.public_company_point1(), text: m.public_company_point1_text() },
      { title: m.public_company_point2(), text: m.public_company_point2_text() },
      { title: m.public_company_point3(), text: m.public_company_point3_text() },
      { title: m.public_company_point4(), text: m.public_company_point4_text() },
    ],
    asks: () => listed(m.public_company_asks()),
  },
  {
    kind: 'school',
    path: '/layanan/web-sekolah',
    icon: 'school',
    ready: '10\u2060–\u206014',
    name: () => m.public_service_school(),
    audience: () => m.public_services_school_for(),
    summary: () => m.public_services_school_text(),
    title: () => m.public_school_title(),
    meta: () => m.public_school_meta(),
    text: () => m.public_school_text(),
    points: () => [
      { title: m.public_school_point1(), text: m.public_school_point1_text() },
      { title: m.public_school_point2(), text: m.public_school_point2_text() },
      { title: m.public_school_point3(), text: m.public_school_point3_text() },
      { title: m.public_school_point4(), text: m.public_school_point4_text() },
    ],
    asks: () => listed(m.public_school_asks()),
  },
  {
    kind: 'news',
    path: '/layanan/portal-berita',
    icon: 'newspaper',
    ready: '14\u2060–\u206021',
    name: () => m.public_service_news(),
    audience: () => m.public_services_news_for(),
    summary: () => m.public_services_news_text(),
    title: () => m.public_news_title(),
    meta: () => m.public_news_meta(),
    text: () => m.public_news_text(),
    points: () => [
      { title: m.public_news_point1(), text: m.public_news_point1_text() },
      { title: m.public_news_point2(), text: m.public_news_point2_text() },
      { title: m.public_news_point3(), text: m.public_news_point3_text() },
      { title: m.public_news_point4(), text: m.public_news_point4_text() },
    ],
    asks: () => listed(m.public_news_asks()),
  },
]

export function serviceOf(kind: ServiceKind): Service {
  const service = services.find((each) => each.kind === kind)
  if (!service) throw new Error(`no service for ${kind}`)
  return service
}
