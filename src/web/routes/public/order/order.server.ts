// What every step of an order needs: the draft, what it has chosen from the catalogue, and which step comes next.
import { redirect, type RouterContextProvider } from 'react-router'
import { listPlans, listTemplates } from '../../../../domains/content/contract.ts'
import { page } from '../../../context.ts'
import { keepDraft, readDraft, type Draft } from './draft.server.ts'

type Args = { request: Request; context: Readonly<RouterContextProvider> }

export async function readOrder({ request, context }: Args) {
  const { call, user } = context.get(page)
  const draft = readDraft(request)
  const [{ data: plans }, { data: templates }] = await Promise.all([call(listPlans, {}), call(listTemplates, {})])
  // What has gone from the catalogue since is no longer chosen.
  const plan = plans.find(({ slug }) => slug === draft.plan) ?? null
  const template = templates.find(({ slug, plan: of }) => slug === draft.template && of === plan?.slug) ?? null
  return { draft, plans, templates: templates.filter((each) => each.plan === plan?.slug), plan, template, user }
}
export type Order = Awaited<ReturnType<typeof readOrder>>

/** The order with its plan; without one the reader is led to the first step. */
export async function orderWithPlan(args: Args) {
  const order = await readOrder(args)
  if (!order.plan) throw redirect('/pesan')
  return { ...order, plan: order.plan }
}

/** Keeps the draft and goes on; null when it is too long to be kept. */
export function goOn(to: string, draft: Draft, context: Readonly<RouterContextProvider>): Response | null {
  const headers = keepDraft(draft, context.get(page).publicUrl.startsWith('https:'))
  return headers && redirect(to, { status: 303, headers })
}
