// How a stored plan, template or question looks to a visitor (one language) and to the console (both). Pure.
import type { Locale } from '../../platform/contract/shapes.ts'
import { pictureAt, thumbnailOf } from './pictures.ts'
import type { FaqRow, PlanRow, TemplateRow } from './store.ts'

/** The usual sizes of templates' pictures, in pixels. */
const CARD = { width: 1280, height: 960 }
const PAGE = { width: 1280, height: 2560 }
const PHONE = { width: 390, height: 844 }

export const planFor = (plan: PlanRow, locale: Locale) => ({
  id: plan.id,
  slug: plan.slug,
  name: plan.name[locale],
  summary: plan.summary[locale],
  price: plan.price,
  currency: 'IDR' as const,
  features: plan.features.map((feature) => feature[locale]),
  supportDays: plan.support_days,
  briefKind: plan.brief_kind,
})
export const templateFor = (template: TemplateRow, locale: Locale) => ({
  id: template.id,
  slug: template.slug,
  plan: template.plan,
  name: template.name[locale],
  description: template.description[locale],
  picture: pictureAt(template.picture_url, CARD),
  thumbnail: thumbnailOf(template.picture_url, CARD),
  fullPicture: template.full_picture_url === null ? null : pictureAt(template.full_picture_url, PAGE),
  mobilePicture: template.mobile_picture_url === null ? null : pictureAt(template.mobile_picture_url, PHONE),
})
export const faqFor = (faq: FaqRow, locale: Locale) => ({
  id: faq.id,
  question: faq.question[locale],
  answer: faq.answer[locale],
})

export const managedPlan = (plan: PlanRow) => ({
  id: plan.id,
  slug: plan.slug,
  name: plan.name,
  summary: plan.summary,
  price: plan.price,
  features: plan.features,
  supportDays: plan.support_days,
  briefKind: plan.brief_kind,
  position: plan.position,
  visible: plan.visible,
})
export const managedTemplate = (template: TemplateRow) => ({
  id: template.id,
  slug: template.slug,
  plan: template.plan,
  name: template.name,
  description: template.description,
  pictureUrl: template.picture_url,
  fullPictureUrl: template.full_picture_url,
  mobilePictureUrl: template.mobile_picture_url,
  position: template.position,
  visible: template.visible,
})
export const managedFaq = (faq: FaqRow) => ({
  id: faq.id,
  question: faq.question,
  answer: faq.answer,
  position: faq.position,
  visible: faq.visible,
})
