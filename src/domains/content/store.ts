// Plans, templates and questions in the database.
import { sql } from 'kysely'
import { jsonb } from '../../platform/database.ts'
import type { Reader, Tx } from '../../platform/database.ts'
import type { LocalizedText } from '../../platform/contract/shapes.ts'

export interface PlanRow {
  id: string
  slug: string
  name: LocalizedText
  summary: LocalizedText
  price: number
  features: LocalizedText[]
  support_days: number
  brief_kind: 'company' | 'school' | 'news'
  position: number
  visible: boolean
}
interface TemplateTable {
  id: string
  slug: string
  plan_id: string
  name: LocalizedText
  description: LocalizedText
  picture_url: string
  full_picture_url: string | null
  mobile_picture_url: string | null
  position: number
  visible: boolean
}
/** With the short name of its plan. */
export interface TemplateRow extends TemplateTable {
  plan: string
}
export interface FaqRow {
  id: string
  question: LocalizedText
  answer: LocalizedText
  position: number
  visible: boolean
}
declare module '../../platform/database.ts' {
  interface Tables {
    plans: PlanRow
    templates: TemplateTable
    faqs: FaqRow
  }
}
export interface Slicing {
  limit: number
  /** Below this id, newest first. */
  before: string | null
}

export const visiblePlans = (reader: Reader) =>
  reader
    .selectFrom('plans')
    .selectAll()
    .where('visible', '=', true)
    .orderBy('position')
    .orderBy('price')
    .orderBy('id')
    .execute()
export const planBySlug = (reader: Reader, slug: string) =>
  reader.selectFrom('plans').selectAll().where('slug', '=', slug).executeTakeFirst()
export const planById = (reader: Reader, id: string) =>
  reader.selectFrom('plans').selectAll().where('id', '=', id).executeTakeFirst()
export const templateById = (reader: Reader, id: string) =>
  withPlan(reader).where('templates.id', '=', id).executeTakeFirst()
const withPlan = (reader: Reader) =>
  reader
    .selectFrom('templates')
    .innerJoin('plans', 'plans.id', 'templates.plan_id')
    .selectAll('templates')
    .select('plans.slug as plan')

export function visibleTemplates(reader: Reader, plan: string | undefined) {
  let query = withPlan(reader).where('templates.visible', '=', true).where('plans.visible', '=', true)
  if (plan) query = query.where('plans.slug', '=', plan)
  return query.orderBy('plans.position').orderBy('templates.position').orderBy('templates.id').execute()
}
export const visibleFaqs = (reader: Reader) =>
  reader.selectFrom('faqs').selectAll().where('visible', '=', true).orderBy('position').orderBy('id').execute()

export function allPlans(reader: Reader, { limit, before }: Slicing) {
  const query = reader.selectFrom('plans').selectAll().orderBy('id', 'desc').limit(limit)
  return (before ? query.where('id', '<', before) : query).execute()
}
export function allTemplates(reader: Reader, { limit, before }: Slicing) {
  const query = withPlan(reader).orderBy('templates.id', 'desc').limit(limit)
  return (before ? query.where('templates.id', '<', before) : query).execute()
}
export function allFaqs(reader: Reader, { limit, before }: Slicing) {
  const query = reader.selectFrom('faqs').selectAll().orderBy('id', 'desc').limit(limit)
  return (before ? query.where('id', '<', before) : query).execute()
}

/** False when the short name is taken. */
export async function addPlan(tx: Tx, plan: PlanRow): Promise<boolean> {
  const row = { ...plan, name: jsonb(plan.name), summary: jsonb(plan.summary), features: jsonb(plan.features) }
  const added = await tx
    .insertInto('plans')
    .values(row)
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .returning('id')
    .executeTakeFirst()
  return added !== undefined
}
export async function addTemplate(tx: Tx, template: TemplateTable): Promise<boolean> {
  const row = { ...template, name: jsonb(template.name), description: jsonb(template.description) }
  const added = await tx
    .insertInto('templates')
    .values(row)
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .returning('id')
    .executeTakeFirst()
  return added !== undefined
}
export const addFaq = (tx: Tx, faq: FaqRow) =>
  tx
    .insertInto('faqs')
    .values({ ...faq, question: jsonb(faq.question), answer: jsonb(faq.answer) })
    .execute()

export const lockPlan = (tx: Tx, id: string) =>
  tx.selectFrom('plans').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
export const lockTemplate = (tx: Tx, id: string) =>
  withPlan(tx).where('templates.id', '=', id).forUpdate('templates').executeTakeFirst()
export const lockFaq = (tx: Tx, id: string) =>
  tx.selectFrom('faqs').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export const savePlan = (tx: Tx, { id, ...plan }: PlanRow) =>
  tx
    .updateTable('plans')
    .set({ ...plan, name: jsonb(plan.name), summary: jsonb(plan.summary), features: jsonb(plan.features) })
    .where('id', '=', id)
    .execute()
export const saveTemplate = (tx: Tx, { id, ...template }: TemplateTable) =>
  tx
    .updateTable('templates')
    .set({ ...template, name: jsonb(template.name), description: jsonb(template.description) })
    .where('id', '=', id)
    .execute()
export const saveFaq = (tx: Tx, { id, ...faq }: FaqRow) =>
  tx
    .updateTable('faqs')
    .set({ ...faq, question: jsonb(faq.question), answer: jsonb(faq.answer) })
    .where('id', '=', id)
    .execute()

/** Rows deleted: 0 or 1. A foreign key that still points to it is PostgreSQL's to refuse. */
export async function remove(tx: Tx, table: 'plans' | 'templates' | 'faqs', id: string): Promise<number> {
  return Number((await tx.deleteFrom(table).where('id', '=', id).executeTakeFirst()).numDeletedRows)
}

/** Whether the catalogue is empty; of several processes that ask at once, the others wait until the first has filled it. */
export async function lockEmptyCatalogue(tx: Tx): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtext('content.seed'))`.execute(tx)
  return (await tx.selectFrom('plans').select('id').limit(1).executeTakeFirst()) === undefined
}
