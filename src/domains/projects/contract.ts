// A client's website from order to handover.
import { z } from 'zod'
import { event } from '../../platform/contract/event.ts'
import { agencyOnly, get, operation, post } from '../../platform/contract/operation.ts'
import { problem } from '../../platform/contract/problem.ts'
import { ById, Id, Line, Page, PageInput, Slug, Text, Time } from '../../platform/contract/shapes.ts'
import { OrderedInvoice } from '../billing/contract.ts'

export const TransitionRefused = problem('transition_refused', 409, 'The project is not in a state that allows this.')
export const PlanNotOffered = problem('plan_not_offered', 422, 'This plan is not offered.')
export const TemplateNotOffered = problem('template_not_offered', 422, 'This template does not belong to the plan.')

export const ProjectStatus = z.enum(['pending_payment', 'in_progress', 'review', 'completed', 'cancelled'])
/** What a person can do to a project; each moves it from one status to another. */
export const ProjectVerb = z.enum(['start', 'submit', 'request_revision', 'approve', 'cancel'])
export type ProjectStatus = z.output<typeof ProjectStatus>
export type ProjectVerb = z.output<typeof ProjectVerb>

const BriefText = Text(2000).optional()
/** The brief, by kind of website; every field may be filled in later. */
export const Brief = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('company'),
    about: BriefText,
    services: BriefText,
    audience: BriefText,
    domain: Line(253).optional(),
    references: BriefText,
    notes: BriefText,
  }),
  z.strictObject({
    kind: z.literal('school'),
    level: Line(80).optional(),
    npsn: z
      .string()
      .regex(/^\d{8}$/)
      .optional(),
    programs: BriefText,
    facilities: BriefText,
    admission: BriefText,
    domain: Line(253).optional(),
    notes: BriefText,
  }),
  z.strictObject({
    kind: z.literal('news'),
    coverage: BriefText,
    sections: BriefText,
    editors: BriefText,
    schedule: BriefText,
    domain: Line(253).optional(),
    notes: BriefText,
  }),
])
/** `about` may also be sent as plain text; it becomes the notes of the plan's brief. */
export const BriefInput = z.union([Brief, Text(5000)])

export const TimelineEntry = z.object({
  at: Time,
  kind: z.enum(['ordered', 'paid', 'started', 'submitted', 'revision_requested', 'approved', 'cancelled']),
  status: ProjectStatus,
  /** The reason or the request, where the person gave one. */
  note: z.string().nullable(),
  by: z.enum(['client', 'agency', 'system']),
})
export const Project = z.object({
  id: Id,
  name: z.string(),
  plan: Slug,
  planName: z.string(),
  status: ProjectStatus,
  template: z.object({ id: Id, slug: Slug, name: z.string(), pictureUrl: z.string() }).nullable(),
  client: z.object({ id: Id, name: z.string() }),
  invoiceId: Id.nullable(),
  revisions: z.int(),
  /** The end of free support, known once the project is completed. */
  supportUntil: Time.nullable(),
  createdAt: Time,
  updatedAt: Time,
})
export const ProjectDetail = Project.extend({
  brief: Brief.nullable(),
  timeline: z.array(TimelineEntry),
  /** The verbs the caller may use now; the buttons of a page. */
  verbs: z.array(ProjectVerb),
})

export const placeOrder = operation('projects.placeOrder', {
  does: 'Orders a website: creates the project and its first invoice.',
  rest: post('/api/orders', 201),
  input: z.strictObject({
    plan: Slug,
    templateId: Id.optional(),
    projectName: Line(120),
    brief: BriefInput.optional(),
  }),
  output: z.object({
    project: Project.pick({ id: true, name: true, plan: true, status: true }),
    invoice: OrderedInvoice,
  }),
  refuses: [PlanNotOffered, TemplateNotOffered],
  allows: { client: 'own' },
  idempotent: true,
})
export const listProjects = operation('projects.listProjects', {
  does: 'Projects, newest first.',
  rest: get('/api/projects'),
  input: PageInput.extend({ status: ProjectStatus.optional(), clientId: Id.optional(), search: Line(100).optional() }),
  output: Page(Project),
  allows: { client: 'own', admin: 'all' },
})
export const getProject = operation('projects.getProject', {
  does: 'A project with its story and what can be done now.',
  rest: get('/api/projects/{id}'),
  input: ById,
  output: ProjectDetail,
  allows: { client: 'own', admin: 'all' },
})
export const startProject = operation('projects.startProject', {
  does: 'Starts the work before the invoice is paid, by hand and with a reason.',
  rest: post('/api/projects/{id}/start'),
  input: ById.extend({ reason: Text(500, 3) }),
  output: ProjectDetail,
  refuses: [TransitionRefused],
  allows: agencyOnly,
})
export const submitProject = operation('projects.submitProject', {
  does: 'Hands the finished work to the client for review.',
  rest: post('/api/projects/{id}/submit'),
  input: ById.extend({ note: Text(2000).optional() }),
  output: ProjectDetail,
  refuses: [TransitionRefused],
  allows: agencyOnly,
})
export const requestRevision = operation('projects.requestRevision', {
  does: 'Sends the work back with what should change.',
  rest: post('/api/projects/{id}/request-revision'),
  input: ById.extend({ note: Text(2000, 3) }),
  output: ProjectDetail,
  refuses: [TransitionRefused],
  allows: { client: 'own' },
})
export const approveProject = operation('projects.approveProject', {
  does: 'Accepts the work; the project is completed and support begins.',
  rest: post('/api/projects/{id}/approve'),
  input: ById,
  output: ProjectDetail,
  refuses: [TransitionRefused],
  allows: { client: 'own' },
})
export const cancelProject = operation('projects.cancelProject', {
  does: 'Cancels an unfinished project. A client can only before the work is paid; the unpaid invoice is cancelled too.',
  rest: post('/api/projects/{id}/cancel'),
  input: ById.extend({ reason: Text(500).optional() }),
  output: ProjectDetail,
  refuses: [TransitionRefused],
  allows: { client: 'own', admin: 'all' },
})
export const countProjects = operation('projects.countProjects', {
  does: 'How many projects are in each status.',
  rest: get('/api/projects/counts'),
  input: z.strictObject({}),
  output: z.record(ProjectStatus, z.int()),
  allows: { client: 'own', admin: 'all' },
})

const Changed = z.object({ project: Project, note: z.string().nullable().default(null) })
const changed = {
  data: Changed,
  subject: ({ project }: { project: { id: string } }) => `project:${project.id}`,
  reaches: ({ project }: { project: { id: string; client: { id: string } } }) => [
    `project:${project.id}`,
    `user:${project.client.id}`,
    'admin',
  ],
  live: 'project_update' as const,
  webhook: true,
}
export const ProjectOrdered = event('project.ordered', changed)
// Why it was started by hand is the agency's to know.
export const ProjectStarted = event('project.started', {
  ...changed,
  forClients: Changed.extend({ note: z.null().catch(null) }),
})
export const ProjectSubmitted = event('project.submitted', changed)
export const RevisionRequested = event('project.revision_requested', changed)
export const ProjectCompleted = event('project.completed', changed)
export const ProjectCancelled = event('project.cancelled', changed)

export const operations = {
  placeOrder,
  listProjects,
  countProjects,
  getProject,
  startProject,
  submitProject,
  requestRevision,
  approveProject,
  cancelProject,
}
export const events = {
  ProjectOrdered,
  ProjectStarted,
  ProjectSubmitted,
  RevisionRequested,
  ProjectCompleted,
  ProjectCancelled,
}
export const problems = { TransitionRefused, PlanNotOffered, TemplateNotOffered }
