// Blocking and roles, through the real application.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createWorld, OWNER, PASSWORD } from '../../../../test/support/world.ts'
import type { TestWorld } from '../../../../test/support/world.ts'

let world: TestWorld
beforeAll(async () => {
  world = await createWorld({ listen: false })
})
afterAll(() => world.dispose())

interface Me {
  id: string
  email: string
  role: string
}
async function me(person: string): Promise<Me> {
  const answer = await world.request('/api/auth/me', { as: person })
  return ((await answer.json()) as { user: Me }).user
}
const act = (as: string, id: string, verb: string, body: object = {}) =>
  world.request(`/api/admin/users/${id}/${verb}`, { method: 'POST', as, body })
const codeOf = async (answer: Response) => ((await answer.json()) as { code?: string }).code
const signIn = (email: string, password: string) =>
  world.request('/api/auth/login', { method: 'POST', body: { email, password } })
const told = async (subject: string) =>
  (
    await world.platform.database.pool.query<{ type: string }>(
      'select type from events where subject = $1 order by position',
      [subject],
    )
  ).rows.map(({ type }) => type)

it('blocks an account: signed out everywhere, and not let in again until it is unblocked', async () => {
  const { id, email } = await me('blocked')
  const blocked = await act('admin', id, 'block', { reason: 'Did not pay.' })
  expect(await blocked.json()).toMatchObject({ id, blocked: { reason: 'Did not pay.' } })
  expect((await world.request('/api/auth/me', { as: 'blocked' })).status).toBe(401)
  expect(await codeOf(await signIn(email, PASSWORD))).toBe('account_blocked')
  expect(await codeOf(await signIn(email, 'not the password'))).toBe('wrong_credentials')
  const token = await world.request('/api/auth/token', { method: 'POST', body: { email, password: PASSWORD } })
  expect(await codeOf(token)).toBe('account_blocked')
  expect(await told(`user:${id}`)).toEqual(['user.registered', 'user.blocked', 'user.sessions_ended'])
  const client = await world.request(`/api/admin/clients/${id}`, { as: 'admin' })
  expect(await client.json()).toMatchObject({ blocked: { reason: 'Did not pay.' } })
  expect(await (await act('admin', id, 'unblock')).json()).toMatchObject({ blocked: null })
  expect((await signIn(email, PASSWORD)).status).toBe(200)
})
it('says nothing twice', async () => {
  const { id } = await me('twice')
  for (const verb of ['block', 'block', 'unblock', 'unblock'])
    await act('admin', id, verb, verb === 'block' ? { reason: 'Spam' } : {})
  expect((await told(`user:${id}`)).filter((type) => /blocked/.test(type))).toEqual(['user.blocked', 'user.unblocked'])
})
it('changes a role, which counts from the next request on', async () => {
  const { id } = await me('promoted')
  expect((await act('promoted', id, 'role', { role: 'admin' })).status).toBe(403)
  expect(await (await act('admin', id, 'role', { role: 'admin' })).json()).toMatchObject({ role: 'admin' })
  expect((await world.request('/api/admin/clients', { as: 'promoted' })).status).toBe(200)
  expect((await told(`user:${id}`)).at(-1)).toBe('user.role_changed')
  await act('admin', id, 'role', { role: 'client' })
  expect((await world.request('/api/admin/clients', { as: 'promoted' })).status).toBe(403)
})
it('lets nobody act on themselves, or on nobody', async () => {
  const { id } = await me('admin')
  expect(await codeOf(await act('admin', id, 'block', { reason: 'Holiday' }))).toBe('own_rights')
  expect(await codeOf(await act('admin', id, 'role', { role: 'client' }))).toBe('own_rights')
  const nobody = '01890000-0000-7000-8000-000000000000'
  expect(await codeOf(await act('admin', nobody, 'block', { reason: 'Nobody' }))).toBe('not_found')
})
it('leaves one of two administrators who take each other away at once', async () => {
  const [owner, other] = [await me('admin'), await me('second')]
  await act('admin', other.id, 'role', { role: 'admin' })
  const [first, second] = await Promise.all([
    act('admin', other.id, 'block', { reason: 'Race' }),
    act('second', owner.id, 'block', { reason: 'Race' }),
  ])
  expect([first.status, second.status].toSorted((a, b) => a - b)[0]).toBe(200)
  expect([first.status, second.status]).not.toEqual([200, 200])
  const left = first.status === 200 ? 'admin' : 'second'
  expect((await world.request('/api/admin/clients', { as: left })).status).toBe(200)
  if (left === 'second') await act('second', owner.id, 'unblock')
  expect((await signIn(OWNER.email, OWNER.password)).status).toBe(200)
})
