// Blocking and roles, through the real application.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createWorld, OWNER, PASSWORD } from '../../../../test/support/world.ts'
import type { TestWorld } from '../../../../test/support/world.ts'
import { admins } from '../store.ts'

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
async function mailedToken(to: string): Promise<string> {
  const { rows } = await world.platform.database.pool.query<{ text: string }>(
    `select text from mails where to_address = $1 and kind = 'reset_password'`,
    [to],
  )
  return /token=([\w-]+)/.exec(rows[0]!.text)![1]!
}
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
it('leaves a blocked account no way around: not a token it has, not a new password', async () => {
  const { id, email } = await me('stubborn')
  const credentials = { email, password: PASSWORD }
  const answer = await world.request('/api/auth/token', { method: 'POST', body: credentials })
  const authorization = `Bearer ${((await answer.json()) as { accessToken: string }).accessToken}`
  const asked = () => world.request('/api/auth/me', { headers: { authorization } })
  expect((await asked()).status).toBe(200)
  await act('admin', id, 'block', { reason: 'Abuse' })
  expect((await asked()).status).toBe(401)
  await world.request('/api/auth/request-password-reset', { method: 'POST', body: { email } })
  const password = 'nasi-goreng-kampung'
  const token = await mailedToken(email)
  const reset = await world.request('/api/auth/reset-password', { method: 'POST', body: { token, password } })
  expect(reset.headers.getSetCookie()).toEqual([])
  expect(await codeOf(await signIn(email, password))).toBe('account_blocked')
})
it('finds no session of a blocked account, even one that should have ended', async () => {
  const { id } = await me('by-hand')
  await world.platform.database.pool.query('update users set blocked_at = now() where id = $1', [id])
  expect((await world.request('/api/auth/me', { as: 'by-hand' })).status).toBe(401)
})
it('opens nothing for whoever signs in while they are blocked', async () => {
  const { id, email } = await me('racing')
  const [, ...signedIn] = await Promise.all([
    act('admin', id, 'block', { reason: 'Race' }),
    ...Array.from({ length: 4 }, () => signIn(email, PASSWORD)),
  ])
  for (const answer of signedIn) {
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0]
    if (cookie) expect((await world.request('/api/auth/me', { headers: { cookie } })).status).toBe(401)
  }
  const { rows } = await world.platform.database.pool.query('select from sessions where user_id = $1', [id])
  expect(rows).toEqual([])
})
it('mails blocked administrators nothing of the agency', async () => {
  const { id, email } = await me('dismissed')
  await act('admin', id, 'role', { role: 'admin' })
  const addresses = async () => (await admins(world.platform.database.db)).map((admin) => admin.email)
  expect(await addresses()).toContain(email)
  await act('admin', id, 'block', { reason: 'Left the agency' })
  expect(await addresses()).not.toContain(email)
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
it('leaves one of two administrators who demote each other at once', async () => {
  const [owner, other] = [await me('admin'), await me('rival')]
  await act('admin', other.id, 'role', { role: 'admin' })
  const answers = await Promise.all([
    act('admin', other.id, 'role', { role: 'client' }),
    act('rival', owner.id, 'role', { role: 'client' }),
  ])
  // Who came second is no administrator any more, whichever of the two guards saw it.
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 403])
  const [left, gone] = answers[0].status === 200 ? ['admin', other] : ['rival', owner]
  expect((await me(left)).role).toBe('admin')
  if (gone === owner) {
    await act('rival', owner.id, 'role', { role: 'admin' })
    await act('admin', other.id, 'role', { role: 'client' })
  }
})
it('leaves one of two administrators who block each other at once', async () => {
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
