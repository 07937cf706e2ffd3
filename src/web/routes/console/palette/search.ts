// What the palette finds besides pages: projects, clients and invoices, a few of each.
import { listInvoices } from '../../../../domains/billing/contract.ts'
import { listClients } from '../../../../domains/identity/contract.ts'
import { listProjects } from '../../../../domains/projects/contract.ts'
import { page } from '../../../context.ts'
import { asked } from '../parts/asked.ts'
import type { Route } from './+types/search.ts'

export interface Hit {
  kind: 'project' | 'client' | 'invoice'
  to: string
  title: string
  detail: string
}

const few = 5

export async function loader({ request, context }: Route.LoaderArgs): Promise<{ query: string; hits: Hit[] }> {
  const { call } = context.get(page)
  const search = asked(request).text('q')
  if (!search) return { query: '', hits: [] }
  const [projects, clients, invoices] = await Promise.all([
    call(listProjects, { search, limit: few }),
    call(listClients, { search, limit: few }),
    call(listInvoices, { search, limit: few }),
  ])
  const hits: Hit[] = [
    ...projects.data.map(({ id, name, client }): Hit => ({
      kind: 'project',
      to: `/console/projects/${id}`,
      title: name,
      detail: client.name,
    })),
    ...clients.data.map(({ id, name, email }): Hit => ({
      kind: 'client',
      to: `/console/clients/${id}`,
      title: name,
      detail: email,
    })),
    ...invoices.data.map(({ id, number, projectName }): Hit => ({
      kind: 'invoice',
      to: `/console/invoices/${id}`,
      title: number,
      detail: projectName,
    })),
  ]
  return { query: search, hits }
}
