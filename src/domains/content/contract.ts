// What the agency offers: plans, website templates, questions and answers.
import { z } from 'zod'
import { event } from '../../platform/contract/event.ts'
import { agencyOnly, anyone, del, get, operation, patch, post } from '../../platform/contract/operation.ts'
import { problem } from '../../platform/contract/problem.ts'
import { ById, Id, Localized, Money, Nothing, Page, PageInput, Slug } from '../../platform/contract/shapes.ts'

export const SlugTaken = problem('slug_taken', 409, 'This short name is in use.')
export const StillInUse = problem('still_in_use', 409, 'This is in use and cannot be deleted; hide it instead.')

/** Which brief a plan asks for in the order wizard. */
export const BriefKind = z.enum(['company', 'school', 'news'])
export const Plan = z.object({
  id: Id,
  slug: Slug,
  name: z.string(),
  summary: z.string(),
  price: Money,
  currency: z.literal('IDR'),
  features: z.array(z.string()),
  supportDays: z.int(),
  briefKind: BriefKind,
})
/** A picture's address on this server, with its size in pixels. */
export const Picture = z.object({ url: z.string(), width: z.int(), height: z.int() })
export const Template = z.object({
  id: Id,
  slug: Slug,
  plan: Slug,
  name: z.string(),
  description: z.string(),
  picture: Picture,
  /** A small version of it, for lists. */
  thumbnail: Picture,
  fullPicture: Picture.nullable(),
  mobilePicture: Picture.nullable(),
})
export const Faq = z.object({ id: Id, question: z.string(), answer: z.string() })

// What the console edits: both languages, order and visibility.
const Managed = { id: Id, position: z.int(), visible: z.boolean() }
const PlanFields = {
  slug: Slug,
  name: Localized(80),
  summary: Localized(300),
  price: Money.min(1000),
  features: z.array(Localized(160)).min(1).max(20),
  supportDays: z.int().min(0).max(730),
  briefKind: BriefKind,
  position: z.int().min(0).max(1000).default(0),
  visible: z.boolean().default(true),
}
const PictureUrl = z
  .string()
  .max(300)
  .regex(/^\/(templates|files)\/[a-zA-Z0-9._/-]+$/)
const TemplateFields = {
  slug: Slug,
  plan: Slug,
  name: Localized(80),
  description: Localized(400),
  pictureUrl: PictureUrl,
  fullPictureUrl: PictureUrl.nullable().default(null),
  mobilePictureUrl: PictureUrl.nullable().default(null),
  position: z.int().min(0).max(1000).default(0),
  visible: z.boolean().default(true),
}
const FaqFields = {
  question: Localized(200),
  answer: Localized(2000),
  position: z.int().min(0).max(1000).default(0),
  visible: z.boolean().default(true),
}
/** Every field optional, without the defaults of creation. */
const changes = <T extends z.ZodRawShape>(shape: T) =>
  z.strictObject(
    Object.fromEntries(
      Object.entries(shape).map(([key, schema]) => [
        key,
        (schema instanceof z.ZodDefault ? (schema.unwrap() as z.ZodType) : (schema as z.ZodType)).optional(),
      ]),
    ) as {
      [K in keyof T]: z.ZodOptional<T[K] extends z.ZodDefault<infer U extends z.ZodType> ? U : Extract<T[K], z.ZodType>>
    },
  )
export const ManagedPlan = z.object({ ...PlanFields, ...Managed })
export const ManagedTemplate = z.object({ ...TemplateFields, ...Managed })
export const ManagedFaq = z.object({ ...FaqFields, ...Managed })

export const listPlans = operation('content.listPlans', {
  does: 'The plans a visitor can order, cheapest first.',
  rest: get('/api/plans'),
  input: Nothing,
  output: Page(Plan),
  allows: anyone,
})
export const listTemplates = operation('content.listTemplates', {
  does: 'The website templates, optionally of one plan.',
  rest: get('/api/templates'),
  input: z.strictObject({ plan: Slug.optional() }),
  output: Page(Template),
  allows: anyone,
})
export const listFaqs = operation('content.listFaqs', {
  does: 'Questions and answers.',
  rest: get('/api/faqs'),
  input: Nothing,
  output: Page(Faq),
  allows: anyone,
})

export const listManagedPlans = operation('content.listManagedPlans', {
  does: 'All plans with both languages, also hidden ones.',
  rest: get('/api/admin/plans'),
  input: PageInput,
  output: Page(ManagedPlan),
  allows: agencyOnly,
})
export const createPlan = operation('content.createPlan', {
  does: 'Adds a plan.',
  rest: post('/api/admin/plans', 201),
  input: z.strictObject(PlanFields),
  output: ManagedPlan,
  refuses: [SlugTaken],
  allows: agencyOnly,
})
export const updatePlan = operation('content.updatePlan', {
  does: 'Changes a plan; orders already placed keep their price.',
  rest: patch('/api/admin/plans/{id}'),
  input: changes(PlanFields).extend({ id: Id }),
  output: ManagedPlan,
  refuses: [SlugTaken],
  allows: agencyOnly,
})
export const deletePlan = operation('content.deletePlan', {
  does: 'Deletes a plan that nothing uses.',
  rest: del('/api/admin/plans/{id}'),
  input: ById,
  output: z.null(),
  refuses: [StillInUse],
  allows: agencyOnly,
})
export const listManagedTemplates = operation('content.listManagedTemplates', {
  does: 'All templates with both languages, also hidden ones.',
  rest: get('/api/admin/templates'),
  input: PageInput,
  output: Page(ManagedTemplate),
  allows: agencyOnly,
})
export const createTemplate = operation('content.createTemplate', {
  does: 'Adds a template.',
  rest: post('/api/admin/templates', 201),
  input: z.strictObject(TemplateFields),
  output: ManagedTemplate,
  refuses: [SlugTaken],
  allows: agencyOnly,
})
export const updateTemplate = operation('content.updateTemplate', {
  does: 'Changes a template.',
  rest: patch('/api/admin/templates/{id}'),
  input: changes(TemplateFields).extend({ id: Id }),
  output: ManagedTemplate,
  refuses: [SlugTaken],
  allows: agencyOnly,
})
export const deleteTemplate = operation('content.deleteTemplate', {
  does: 'Deletes a template that no project uses.',
  rest: del('/api/admin/templates/{id}'),
  input: ById,
  output: z.null(),
  refuses: [StillInUse],
  allows: agencyOnly,
})
export const listManagedFaqs = operation('content.listManagedFaqs', {
  does: 'All questions with both languages, also hidden ones.',
  rest: get('/api/admin/faqs'),
  input: PageInput,
  output: Page(ManagedFaq),
  allows: agencyOnly,
})
export const createFaq = operation('content.createFaq', {
  does: 'Adds a question.',
  rest: post('/api/admin/faqs', 201),
  input: z.strictObject(FaqFields),
  output: ManagedFaq,
  allows: agencyOnly,
})
export const updateFaq = operation('content.updateFaq', {
  does: 'Changes a question.',
  rest: patch('/api/admin/faqs/{id}'),
  input: changes(FaqFields).extend({ id: Id }),
  output: ManagedFaq,
  allows: agencyOnly,
})
export const deleteFaq = operation('content.deleteFaq', {
  does: 'Deletes a question.',
  rest: del('/api/admin/faqs/{id}'),
  input: ById,
  output: z.null(),
  allows: agencyOnly,
})

/** Any change of the catalogue; caches of public pages listen to it. */
export const ContentChanged = event('content.changed', {
  data: z.object({
    kind: z.enum(['plan', 'template', 'faq']),
    id: Id,
    change: z.enum(['created', 'updated', 'deleted']),
  }),
  subject: ({ kind, id }) => `${kind}:${id}`,
  reaches: () => ['admin'],
  live: 'system_notification',
})

export const operations = {
  listPlans,
  listTemplates,
  listFaqs,
  listManagedPlans,
  createPlan,
  updatePlan,
  deletePlan,
  listManagedTemplates,
  createTemplate,
  updateTemplate,
  deleteTemplate,
  listManagedFaqs,
  createFaq,
  updateFaq,
  deleteFaq,
}
export const events = { ContentChanged }
export const problems = { SlugTaken, StillInUse }
