import { afterAll, beforeAll, expect, it } from 'vitest'
import { createWorld } from '../../../test/support/world.ts'
import type { TestWorld } from '../../../test/support/world.ts'

let world: TestWorld
beforeAll(async () => {
  world = await createWorld({ listen: false })
})
afterAll(() => world.dispose())

interface Plan {
  id: string
  slug: string
  price: number
  name: string
  supportDays: number
  features: string[]
}
const plans = async (headers: Record<string, string> = {}) =>
  ((await (await world.request('/api/plans', { headers })).json()) as { data: Plan[] }).data
const admin = (path: string, method: string, body?: unknown) => world.request(path, { method, as: 'admin', body })
const newPlan = {
  slug: 'toko',
  name: { id: 'Toko', en: 'Shop' },
  summary: { id: 'Jualan', en: 'Selling' },
  price: 5_000_000,
  features: [{ id: 'Keranjang', en: 'Cart' }],
  supportDays: 45,
  briefKind: 'company',
  position: 9,
  visible: true,
}

it('offers the three plans of the first start, at their prices, with templates for each', async () => {
  expect((await plans()).map(({ slug, price, supportDays }) => [slug, price, supportDays])).toEqual([
    ['company', 2_000_000, 30],
    ['sekolah', 2_500_000, 60],
    ['berita', 3_500_000, 90],
  ])
  for (const slug of ['company', 'sekolah', 'berita']) {
    const { data } = (await (await world.request(`/api/templates?plan=${slug}`)).json()) as {
      data: { picture: { url: string } }[]
    }
    expect(data.length).toBeGreaterThanOrEqual(2)
  }
})
it('speaks the language of the reader', async () => {
  const [, indonesian] = await plans({ 'accept-language': 'id' })
  const [, english] = await plans({ 'accept-language': 'en-GB,en;q=0.9,id;q=0.1' })
  expect([indonesian?.name, english?.name]).toEqual(['Web Sekolah', 'School Website'])
})
it('seeds once, also when two processes start at once', async () => {
  await Promise.all([world.content.seed(), world.content.seed()])
  expect(await plans()).toHaveLength(3)
})
it('lets the agency add, change, hide and delete a plan, and tells the log', async () => {
  const added = await admin('/api/admin/plans', 'POST', newPlan)
  expect(added.status).toBe(201)
  const { id } = (await added.json()) as { id: string }
  expect((await plans()).map(({ slug }) => slug)).toContain('toko')
  const changed = await admin(`/api/admin/plans/${id}`, 'PATCH', { price: 4_000_000, visible: false })
  expect(await changed.json()).toEqual({ ...newPlan, id, price: 4_000_000, visible: false })
  expect((await plans()).map(({ slug }) => slug)).not.toContain('toko')
  expect((await admin(`/api/admin/plans/${id}`, 'DELETE')).status).toBe(204)
  expect((await admin(`/api/admin/plans/${id}`, 'DELETE')).status).toBe(404)
  const { data } = (await (await world.request('/api/admin/events?type=content.changed', { as: 'admin' })).json()) as {
    data: { data: { id: string; change: string } }[]
  }
  expect(data.filter((event) => event.data.id === id).map((event) => event.data.change)).toEqual([
    'deleted',
    'updated',
    'created',
  ])
})
it('refuses a short name in use, also by a change, and deleting what is in use', async () => {
  expect((await admin('/api/admin/plans', 'POST', { ...newPlan, slug: 'company' })).status).toBe(409)
  const [company] = await plans()
  const taken = await admin(`/api/admin/plans/${company?.id}`, 'PATCH', { slug: 'berita' })
  expect([taken.status, ((await taken.json()) as { code: string }).code]).toEqual([409, 'slug_taken'])
  const used = await admin(`/api/admin/plans/${company?.id}`, 'DELETE')
  expect([used.status, ((await used.json()) as { code: string }).code]).toEqual([409, 'still_in_use'])
})
it('keeps templates and questions in both languages', async () => {
  const template = {
    slug: 'rimba',
    plan: 'company',
    name: { id: 'Rimba', en: 'Forest' },
    description: { id: 'Hijau', en: 'Green' },
    pictureUrl: '/templates/rimba.webp',
  }
  const added = (await (await admin('/api/admin/templates', 'POST', template)).json()) as { id: string }
  expect(added).toMatchObject({ ...template, fullPictureUrl: null, visible: true })
  const moved = await admin(`/api/admin/templates/${added.id}`, 'PATCH', { plan: 'berita' })
  expect(await moved.json()).toMatchObject({ plan: 'berita', name: template.name })
  expect((await admin(`/api/admin/templates/${added.id}`, 'PATCH', { plan: 'tidak-ada' })).status).toBe(422)
  const faq = (await (
    await admin('/api/admin/faqs', 'POST', { question: { id: 'T?', en: 'Q?' }, answer: { id: 'J', en: 'A' } })
  ).json()) as { id: string }
  expect(
    await (await admin(`/api/admin/faqs/${faq.id}`, 'PATCH', { answer: { id: 'Jawab', en: 'Answer' } })).json(),
  ).toMatchObject({ question: { id: 'T?', en: 'Q?' }, answer: { id: 'Jawab', en: 'Answer' } })
  expect((await admin(`/api/admin/faqs/${faq.id}`, 'DELETE')).status).toBe(204)
})
it('lets nobody else change the catalogue', async () => {
  expect((await world.request('/api/admin/plans', { method: 'POST', body: newPlan })).status).toBe(401)
  expect((await world.request('/api/admin/plans', { method: 'POST', as: 'client', body: newPlan })).status).toBe(403)
})
