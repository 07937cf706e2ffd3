// Orders and the work on them: every verb locks the project, asks the status machine, writes the change with its timeline
// and its event, all in one transaction.
import { implement, userOf } from '../../platform/contract/call.ts'
import type { Call, Scope } from '../../platform/contract/call.ts'
import type { EventType, NewEvent } from '../../platform/contract/event.ts'
import { keyOf, pageOf } from '../../platform/contract/page.ts'
import { InvalidInput, NotFound } from '../../platform/contract/problem.ts'
import { systemScope } from '../../platform/contract/scope.ts'
import type { Tx } from '../../platform/database.ts'
import { newId } from '../../platform/ids.ts'
import type { Platform, Slice } from '../../platform/platform.ts'
import type { Billing } from '../billing/billing.ts'
import type { Content } from '../content/content.ts'
import { briefFor } from './brief.ts'
import {
  PlanNotOffered,
  ProjectCancelled,
  ProjectCompleted,
  ProjectOrdered,
  ProjectStarted,
  ProjectSubmitted,
  RevisionRequested,
  TemplateNotOffered,
  TransitionRefused,
  events,
  operations,
  problems,
} from './contract.ts'
import type { ProjectStatus, ProjectVerb } from './contract.ts'
import { projectDetailFor, projectFor } from './listing.ts'
import { decide, supportEnd } from './project.ts'
import type { Actor } from './project.ts'
import * as store from './store.ts'
import type { ProjectDetailRow, TimelineRow } from './store.ts'

type Changed = EventType<string, (typeof ProjectStarted)['data']>
const facts: Record<ProjectVerb, { kind: TimelineRow['kind']; event: Changed }> = {
  start: { kind: 'started', event: ProjectStarted },
  submit: { kind: 'submitted', event: ProjectSubmitted },
  request_revision: { kind: 'revision_requested', event: RevisionRequested },
  approve: { kind: 'approved', event: ProjectCompleted },
  cancel: { kind: 'cancelled', event: ProjectCancelled },
}
// What everybody reads (events, webhooks) is in the language of the agency.
const COMMON = 'id'

export interface ProjectsDependencies {
  platform: Platform
  content: Pick<Content, 'planBySlug' | 'templateById'>
  billing: Pick<Billing, 'issueInvoice' | 'lockInvoices' | 'cancelInvoices'>
}

export function createProjects({ platform, content, billing }: ProjectsDependencies) {
  const { database, clock } = platform
  const actorOf = (call: Call): Actor => (call.scope.reach === 'all' ? 'agency' : 'client')

  interface Move {
    verb: ProjectVerb
    actor: Actor
    note: string | null
    /** How the timeline tells it, where it is not the verb's own word. */
    kind?: TimelineRow['kind']
  }
  /** Moves the locked project and returns it as it is now; throws `transition_refused`. */
  async function move(
    tx: Tx,
    row: ProjectDetailRow,
    { verb, actor, note, kind }: Move,
    append: (event: NewEvent) => void,
  ) {
    const decision = decide(row.status, verb, actor)
    if ('refused' in decision) throw TransitionRefused.because(decision.refused)
    const at = clock.now()
    const next = {
      status: decision.to,
      revisions: row.revisions + (verb === 'request_revision' ? 1 : 0),
      supportUntil: decision.to === 'completed' ? supportEnd(at, row.support_days) : null,
    }
    await store.moveProject(tx, row.id, next, {
      at,
      kind: kind ?? facts[verb].kind,
      status: next.status,
      note,
      by: actor,
    })
    const moved = {
      ...row,
      status: next.status,
      revisions: next.revisions,
      support_until: next.supportUntil,
      updated_at: at,
    }
    append(facts[verb].event.of({ project: projectFor(moved, COMMON), note }))
    return moved
  }
  async function locked(tx: Tx, scope: Scope, id: string): Promise<ProjectDetailRow> {
    const row = await store.lockProject(tx, scope, id)
    if (!row) throw NotFound.because()
    return row
  }
  const detail = async (tx: Tx, call: Call, row: ProjectDetailRow) =>
    projectDetailFor(row, await store.timeline(tx, row.id), actorOf(call), call.locale)

  const perform = (call: Call, id: string, verb: ProjectVerb, note: string | undefined) =>
    call.transaction(async (tx) => {
      const row = await locked(tx, call.scope, id)
      const moved = await move(tx, row, { verb, actor: actorOf(call), note: note || null }, (event) =>
        call.append(tx, event),
      )
      return detail(tx, call, moved)
    })

  async function orderable(slug: string, templateId: string | undefined) {
    const plan = await content.planBySlug(slug)
    if (!plan?.visible)
      throw PlanNotOffered.because(undefined, { errors: [{ pointer: '/plan', detail: 'Not offered.' }] })
    if (templateId === undefined) return { plan, template: null }
    const template = await content.templateById(templateId)
    if (!template?.visible || template.plan_id !== plan.id) {
      throw TemplateNotOffered.because(undefined, {
        errors: [{ pointer: '/templateId', detail: 'Not a template of this plan.' }],
      })
    }
    return { plan, template }
  }

  const bound = implement(operations, {
    placeOrder: async (call, input) => {
      const client = userOf(call)
      const { plan, template } = await orderable(input.plan, input.templateId)
      const brief = briefFor(plan.brief_kind, input.brief)
      if (brief && 'refused' in brief) {
        throw InvalidInput.because(brief.refused, { errors: [{ pointer: '/brief', detail: brief.refused }] })
      }
      return call.transaction(async (tx) => {
        const now = clock.now()
        const order = {
          id: newId(clock),
          client_id: client.id,
          name: input.projectName,
          plan_id: plan.id,
          plan_slug: plan.slug,
          plan_name: plan.name,
          template_id: template?.id ?? null,
          status: 'pending_payment' as const,
          brief,
          invoice_id: newId(clock),
          support_days: plan.support_days,
          created_at: now,
        }
        await store.addProject(tx, order)
        const row = {
          ...order,
          revisions: 0,
          support_until: null,
          updated_at: now,
          client_name: client.name,
          template_slug: template?.slug ?? null,
          template_name: template?.name ?? null,
          template_picture: template?.picture_url ?? null,
        }
        call.append(tx, ProjectOrdered.of({ project: projectFor(row, COMMON) }))
        // Last, because it draws the invoice number, for which all orders queue.
        const invoice = await billing.issueInvoice(tx, {
          id: order.invoice_id,
          project: order,
          client,
          lines: [{ description: `${plan.name[client.locale]}: ${order.name}`, quantity: 1, unitPrice: plan.price }],
          append: (event) => call.append(tx, event),
        })
        return { project: { id: order.id, name: order.name, plan: plan.slug, status: order.status }, invoice }
      })
    },
    listProjects: async (call, { limit, cursor, ...filter }) =>
      pageOf(
        await store.projects(database.db, call.scope, { ...filter, limit: limit + 1, before: keyOf(cursor) }),
        limit,
        (row) => row.id,
        (row) => projectFor(row, call.locale),
      ),
    countProjects: async (call) => {
      const counts: Record<ProjectStatus, number> = {
        pending_payment: 0,
        in_progress: 0,
        review: 0,
        completed: 0,
        cancelled: 0,
      }
      for (const { status, count } of await store.countByStatus(database.db, call.scope)) counts[status] = count
      return counts
    },
    getProject: async (call, { id }) => {
      const row = await store.project(database.db, call.scope, id)
      if (!row) throw NotFound.because()
      return projectDetailFor(row, await store.timeline(database.db, id), actorOf(call), call.locale)
    },
    startProject: (call, { id, reason }) => perform(call, id, 'start', reason),
    submitProject: (call, { id, note }) => perform(call, id, 'submit', note),
    requestRevision: (call, { id, note }) => perform(call, id, 'request_revision', note),
    approveProject: (call, { id }) => perform(call, id, 'approve', undefined),
    cancelProject: (call, { id, reason }) =>
      call.transaction(async (tx) => {
        // Invoices are locked before their project, here as where a payment arrives: otherwise the two could deadlock.
        await billing.lockInvoices(tx, call.scope, id)
        const row = await locked(tx, call.scope, id)
        const append = (event: NewEvent) => call.append(tx, event)
        const moved = await move(tx, row, { verb: 'cancel', actor: actorOf(call), note: reason || null }, append)
        await billing.cancelInvoices(tx, id, append)
        return detail(tx, call, moved)
      }),
  })

  const slice: Slice = { operations: bound, events, problems }
  return {
    ...slice,
    /**
     * The project's invoice was paid: a waiting project starts; one that was started by hand only gets the line in its
     * timeline; a finished one stays as it is. For billing, in the transaction that books the payment.
     */
    async startPaid(tx: Tx, { projectId }: { projectId: string }): Promise<void> {
      const row = await locked(tx, systemScope(), projectId)
      if (row.status === 'pending_payment') {
        const append = (event: NewEvent) => platform.events.append(tx, event)
        await move(tx, row, { verb: 'start', actor: 'system', note: null, kind: 'paid' }, append)
        return
      }
      const { status, revisions, support_until: supportUntil } = row
      const entry = { at: clock.now(), kind: 'paid' as const, status, note: null, by: 'system' as const }
      await store.moveProject(tx, row.id, { status, revisions, supportUntil }, entry)
    },
  }
}
