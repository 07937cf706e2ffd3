// The catalogue: what visitors see, and its upkeep by the agency.
import { implement } from '../../platform/contract/call.ts'
import type { Call } from '../../platform/contract/call.ts'
import { keyOf, pageOf } from '../../platform/contract/page.ts'
import { InvalidInput, NotFound } from '../../platform/contract/problem.ts'
import type { Reader, Tx } from '../../platform/database.ts'
import { isForeignKeyViolation, isUniqueViolation } from '../../platform/database-errors.ts'
import { newId } from '../../platform/ids.ts'
import type { Platform, Slice } from '../../platform/platform.ts'
import { createSharing } from '../../platform/sharing.ts'
import { faqFor, managedFaq, managedPlan, managedTemplate, planFor, templateFor } from './catalogue.ts'
import { ContentChanged, SlugTaken, StillInUse, events, operations, problems } from './contract.ts'
import { seedCatalogue } from './seed/seed.ts'
import * as store from './store.ts'

type Kind = 'plan' | 'template' | 'faq'
const taken = () => SlugTaken.because(undefined, { errors: [{ pointer: '/slug', detail: 'In use.' }] })

/** The fields of `changes` that were given, over the row. */
function over<T extends object>(row: T, changes: { [K in keyof T]?: T[K] | undefined }): T {
  return { ...row, ...Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) }
}

export type Content = ReturnType<typeof createContent>

export function createContent({ platform }: { platform: Platform }) {
  const { database, clock } = platform
  const db: Reader = database.db
  const sharePlan = createSharing<store.PlanRow | undefined>()
  const shareTemplate = createSharing<store.TemplateRow | undefined>()

  const changed = (call: Call, tx: Tx, kind: Kind, id: string, change: 'created' | 'updated' | 'deleted') =>
    call.append(tx, ContentChanged.of({ kind, id, change }))
  async function planIdOf(tx: Tx, slug: string): Promise<string> {
    const plan = await store.planBySlug(tx, slug)
    if (!plan)
      throw InvalidInput.because('There is no such plan.', {
        errors: [{ pointer: '/plan', detail: 'No plan has this short name.' }],
      })
    return plan.id
  }
  async function remove(call: Call, kind: Kind, table: 'plans' | 'templates' | 'faqs', id: string): Promise<null> {
    try {
      return await call.transaction(async (tx) => {
        if ((await store.remove(tx, table, id)) === 0) throw NotFound.because()
        changed(call, tx, kind, id, 'deleted')
        return null
      })
    } catch (error) {
      throw isForeignKeyViolation(error) ? StillInUse.because() : error
    }
  }
  async function save<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw isUniqueViolation(error) ? taken() : error
    }
  }

  const bound = implement(operations, {
    listPlans: async (call) => ({
      data: (await store.visiblePlans(db)).map((plan) => planFor(plan, call.locale)),
      nextCursor: null,
    }),
    listTemplates: async (call, { plan }) => ({
      data: (await store.visibleTemplates(db, plan)).map((template) => templateFor(template, call.locale)),
      nextCursor: null,
    }),
    listFaqs: async (call) => ({
      data: (await store.visibleFaqs(db)).map((faq) => faqFor(faq, call.locale)),
      nextCursor: null,
    }),

    listManagedPlans: async (_call, { limit, cursor }) =>
      pageOf(
        await store.allPlans(db, { limit: limit + 1, before: keyOf(cursor) }),
        limit,
        (row) => row.id,
        managedPlan,
      ),
    createPlan: (call, input) =>
      call.transaction(async (tx) => {
        const { supportDays, briefKind, ...rest } = input
        const plan = { ...rest, id: newId(clock), support_days: supportDays, brief_kind: briefKind }
        if (!(await store.addPlan(tx, plan))) throw taken()
        changed(call, tx, 'plan', plan.id, 'created')
        return managedPlan(plan)
      }),
    updatePlan: (call, { id, supportDays, briefKind, ...rest }) =>
      save(() =>
        call.transaction(async (tx) => {
          const plan = await store.lockPlan(tx, id)
          if (!plan) throw NotFound.because()
          const next = over(plan, { ...rest, support_days: supportDays, brief_kind: briefKind })
          await store.savePlan(tx, next)
          changed(call, tx, 'plan', id, 'updated')
          return managedPlan(next)
        }),
      ),
    deletePlan: (call, { id }) => remove(call, 'plan', 'plans', id),

    listManagedTemplates: async (_call, { limit, cursor }) =>
      pageOf(
        await store.allTemplates(db, { limit: limit + 1, before: keyOf(cursor) }),
        limit,
        (row) => row.id,
        managedTemplate,
      ),
    createTemplate: (call, { plan, pictureUrl, fullPictureUrl, mobilePictureUrl, ...rest }) =>
      call.transaction(async (tx) => {
        const row = {
          ...rest,
          id: newId(clock),
          plan_id: await planIdOf(tx, plan),
          picture_url: pictureUrl,
          full_picture_url: fullPictureUrl,
          mobile_picture_url: mobilePictureUrl,
        }
        if (!(await store.addTemplate(tx, row))) throw taken()
        changed(call, tx, 'template', row.id, 'created')
        return managedTemplate({ ...row, plan })
      }),
    updateTemplate: (call, { id, plan, pictureUrl, fullPictureUrl, mobilePictureUrl, ...rest }) =>
      save(() =>
        call.transaction(async (tx) => {
          const template = await store.lockTemplate(tx, id)
          if (!template) throw NotFound.because()
          const { plan: oldPlan, ...row } = template
          const next = over(row, {
            ...rest,
            plan_id: plan === undefined ? undefined : await planIdOf(tx, plan),
            picture_url: pictureUrl,
            full_picture_url: fullPictureUrl,
            mobile_picture_url: mobilePictureUrl,
          })
          await store.saveTemplate(tx, next)
          changed(call, tx, 'template', id, 'updated')
          return managedTemplate({ ...next, plan: plan ?? oldPlan })
        }),
      ),
    deleteTemplate: (call, { id }) => remove(call, 'template', 'templates', id),

    listManagedFaqs: async (_call, { limit, cursor }) =>
      pageOf(await store.allFaqs(db, { limit: limit + 1, before: keyOf(cursor) }), limit, (row) => row.id, managedFaq),
    createFaq: (call, input) =>
      call.transaction(async (tx) => {
        const faq = { ...input, id: newId(clock) }
        await store.addFaq(tx, faq)
        changed(call, tx, 'faq', faq.id, 'created')
        return managedFaq(faq)
      }),
    updateFaq: (call, { id, ...changes }) =>
      call.transaction(async (tx) => {
        const faq = await store.lockFaq(tx, id)
        if (!faq) throw NotFound.because()
        const next = over(faq, changes)
        await store.saveFaq(tx, next)
        changed(call, tx, 'faq', id, 'updated')
        return managedFaq(next)
      }),
    deleteFaq: (call, { id }) => remove(call, 'faq', 'faqs', id),
  })

  const slice: Slice = { operations: bound, events, problems }
  return {
    ...slice,
    /** The plan of that short name, hidden or not. */
    planBySlug: (slug: string) => sharePlan(slug, () => store.planBySlug(db, slug)),
    planById: store.planById,
    templateById: (id: string) => shareTemplate(id, () => store.templateById(db, id)),
    /** Fills an empty catalogue with the plans, templates and questions of the first start. */
    seed: () => seedCatalogue(platform),
  }
}
