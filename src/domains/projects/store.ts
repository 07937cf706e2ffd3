// Projects and their timelines in the database.
import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import type { Scope } from '../../platform/contract/call.ts'
import type { LocalizedText } from '../../platform/contract/shapes.ts'
import { jsonb } from '../../platform/database.ts'
import type { Reader, Tx } from '../../platform/database.ts'
import type { Brief } from './brief.ts'
import type { ProjectStatus } from './contract.ts'
import type { Actor } from './project.ts'

interface ProjectTable {
  id: string
  client_id: string
  name: string
  plan_id: string
  plan_slug: string
  plan_name: LocalizedText
  template_id: string | null
  status: ProjectStatus
  brief: Brief | null
  invoice_id: string
  revisions: number
  support_days: number
  support_until: Date | null
  created_at: Date
  updated_at: Date
}
export interface TimelineRow {
  at: Date
  kind: 'ordered' | 'paid' | 'started' | 'submitted' | 'revision_requested' | 'approved' | 'cancelled'
  status: ProjectStatus
  note: string | null
  by: Actor
}
declare module '../../platform/database.ts' {
  interface Tables {
    projects: ProjectTable
    project_timeline: TimelineRow & { project_id: string; position: number }
  }
}
type Project = Selectable<ProjectTable>
/** With what a reader is shown of its client and template. */
export interface ProjectRow extends Omit<Project, 'brief'> {
  client_name: string
  template_slug: string | null
  template_name: LocalizedText | null
  template_picture: string | null
}
export type ProjectDetailRow = ProjectRow & { brief: Brief | null }

const shown = sql`p.id, p.client_id, p.name, p.plan_id, p.plan_slug, p.plan_name, p.template_id, p.status, p.invoice_id, p.revisions,
  p.support_days, p.support_until, p.created_at, p.updated_at, u.name as client_name, t.slug as template_slug, t.name as template_name,
  t.picture_url as template_picture`
const joined = sql`projects p join users u on u.id = p.client_id left join templates t on t.id = p.template_id`
const within = (scope: Scope) => (scope.reach === 'own' ? sql`and p.client_id = ${scope.userId}` : sql``)

export interface Filter {
  limit: number
  /** Below this id, newest first. */
  before: string | null
  status?: ProjectStatus | undefined
  clientId?: string | undefined
  search?: string | undefined
}

export async function projects(reader: Reader, scope: Scope, filter: Filter): Promise<ProjectRow[]> {
  const { before, status, clientId, search } = filter
  const result = await sql<ProjectRow>`select ${shown} from ${joined} where true ${within(scope)}
    ${before ? sql`and p.id < ${before}` : sql``}
    ${status ? sql`and p.status = ${status}` : sql``}
    ${clientId ? sql`and p.client_id = ${clientId}` : sql``}
    ${search ? sql`and (p.name ilike ${pattern(search)} or u.name ilike ${pattern(search)})` : sql``}
    order by p.id desc limit ${filter.limit}`.execute(reader)
  return result.rows
}
const pattern = (search: string) => `%${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`

export async function project(reader: Reader, scope: Scope, id: string): Promise<ProjectDetailRow | undefined> {
  const result =
    await sql<ProjectDetailRow>`select ${shown}, p.brief from ${joined} where p.id = ${id} ${within(scope)}`.execute(
      reader,
    )
  return result.rows[0]
}

/**
 * The project, locked until the transaction ends. Whoever also locks an invoice of the project locks that first.
 * `no key update`: rows that refer to the project can still be written by others.
 */
export async function lockProject(tx: Tx, scope: Scope, id: string): Promise<ProjectDetailRow | undefined> {
  const locked = await sql`select from projects p where p.id = ${id} ${within(scope)} for no key update`.execute(tx)
  return locked.rows.length === 0 ? undefined : project(tx, scope, id)
}

export async function addProject(
  tx: Tx,
  row: Omit<Project, 'revisions' | 'support_until' | 'updated_at'>,
): Promise<void> {
  await sql`with project as (
      insert into projects (id, client_id, name, plan_id, plan_slug, plan_name, template_id, status, brief, invoice_id, support_days,
        created_at, updated_at)
      values (${row.id}, ${row.client_id}, ${row.name}, ${row.plan_id}, ${row.plan_slug}, ${jsonb(row.plan_name)}, ${row.template_id},
        ${row.status}, ${row.brief === null ? null : jsonb(row.brief)}, ${row.invoice_id}, ${row.support_days}, ${row.created_at},
        ${row.created_at})
      returning id)
    insert into project_timeline (project_id, position, at, kind, status, note, by)
    select id, 1, ${row.created_at}::timestamptz, 'ordered', ${row.status}, null, 'client' from project`.execute(tx)
}

/** Moves the locked project on and tells its timeline. */
export async function moveProject(
  tx: Tx,
  id: string,
  to: { status: ProjectStatus; revisions: number; supportUntil: Date | null },
  entry: TimelineRow,
): Promise<void> {
  await sql`with project as (
      update projects set status = ${to.status}, revisions = ${to.revisions}, support_until = ${to.supportUntil},
        updated_at = ${entry.at} where id = ${id} returning id)
    insert into project_timeline (project_id, position, at, kind, status, note, by)
    select id, (select count(*) + 1 from project_timeline where project_id = ${id}), ${entry.at}::timestamptz, ${entry.kind},
      ${entry.status}, ${entry.note}, ${entry.by} from project`.execute(tx)
}

export async function timeline(reader: Reader, projectId: string): Promise<TimelineRow[]> {
  const result = await sql<TimelineRow>`select at, kind, status, note, by from project_timeline
    where project_id = ${projectId} order by position`.execute(reader)
  return result.rows
}

export async function countByStatus(reader: Reader, scope: Scope): Promise<{ status: ProjectStatus; count: number }[]> {
  const result = await sql<{ status: ProjectStatus; count: number }>`select p.status, count(*) from projects p
    where true ${within(scope)} group by p.status`.execute(reader)
  return result.rows
}
