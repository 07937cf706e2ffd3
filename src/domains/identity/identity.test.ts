import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ManualClock } from '../../platform/clock.ts'
import type { Problem } from '../../platform/contract/problem.ts'
import { createWorld, OWNER, PASSWORD } from '../../../test/support/world.ts'
import type { TestWorld } from '../../../test/support/world.ts'

const clock = new ManualClock('2026-11-23T03:00:00Z')
let world: TestWorld
beforeAll(async () => {
  world = await createWorld({ clock, listen: false })
})
afterAll(() => world.dispose())

const post = (path: string, body?: unknown, more: object = {}) => world.request(path, { method: 'POST', body, ...more })
let number = 0
async function registered() {
  const email = `orang-${++number}@contoh.test`
  const answer = await post('/api/auth/register', { name: 'Sri Wahyuni', email, password: PASSWORD })
  expect(answer.status).toBe(201)
  return { email, cookie: cookieOf(answer), user: ((await answer.json()) as { user: { id: string } }).user }
}
const cookieOf = (answer: Response) => answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
const me = (cookie: string) => world.request('/api/auth/me', { headers: { cookie } })
const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code
/** The token in the newest mail of a kind. */
async function mailedToken(to: string, kind: string): Promise<string> {
  const mail = await world.database.database.db
    .selectFrom('mails')
    .selectAll()
    .where('to_address', '=', to)
    .where('kind', '=', kind)
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  return /token=([\w-]+)/.exec(mail.text)?.[1] ?? ''
}

describe('registering', () => {
  it('makes a client account, signs it in, and answers with the public user alone', async () => {
    const answer = await post('/api/auth/register', {
      name: 'Budi',
      email: 'Budi@Contoh.test ',
      password: PASSWORD,
      phone: '+62 812 3456 789',
    })
    expect(answer.status).toBe(201)
    expect(await answer.json()).toEqual({
      user: { id: expect.any(String), name: 'Budi', email: 'budi@contoh.test', role: 'client' },
    })
    const [header = ''] = answer.headers.getSetCookie()
    expect(header).toMatch(/HttpOnly/)
    expect(header).toMatch(/SameSite=Lax/)
    expect((await me(cookieOf(answer))).status).toBe(200)
  })
  it('refuses an address that has an account, with a pointer', async () => {
    const { email } = await registered()
    const answer = await post('/api/auth/register', { name: 'Lain', email, password: PASSWORD })
    expect(answer.status).toBe(409)
    expect(await answer.json()).toMatchObject({ code: 'email_taken', errors: [{ pointer: '/email' }] })
  })
  it('refuses the commonest passwords in any case, and short ones', async () => {
    for (const [password, code] of [
      ['Password', 'weak_password'],
      ['football', 'weak_password'],
      ['kopi7', 'invalid_input'],
    ] as const) {
      const answer = await post('/api/auth/register', { name: 'A', email: 'a@contoh.test', password })
      expect([answer.status, await codeOf(answer)]).toEqual([422, code])
    }
  })
  it('gives one of two people who register one address at once the account', async () => {
    const body = { name: 'Kembar', email: 'kembar@contoh.test', password: PASSWORD }
    const statuses = await Promise.all(
      Array.from({ length: 5 }, async () => (await post('/api/auth/register', body)).status),
    )
    expect(statuses.toSorted()).toEqual([201, 409, 409, 409, 409])
  })
  it('stores neither the password nor the session token', async () => {
    const { email, cookie } = await registered()
    const user = await world.database.database.db
      .selectFrom('users')
      .selectAll()
      .where('email', '=', email)
      .executeTakeFirstOrThrow()
    expect(user.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    const sessions = JSON.stringify(await world.database.database.db.selectFrom('sessions').selectAll().execute())
    expect(sessions).not.toContain(cookie.split('=')[1])
  })
})

describe('signing in', () => {
  it('opens a new session and ends the one the browser had', async () => {
    const { email, cookie } = await registered()
    const answer = await post('/api/auth/login', { email, password: PASSWORD }, { headers: { cookie } })
    expect(answer.status).toBe(200)
    expect((await me(cookieOf(answer))).status).toBe(200)
    expect((await me(cookie)).status).toBe(401)
  })
  it('tells a wrong password and an unknown account alike', async () => {
    const { email } = await registered()
    const wrong = await post('/api/auth/login', { email, password: 'bukan-sandi-saya' })
    const unknown = await post('/api/auth/login', { email: 'tidak-ada@contoh.test', password: 'bukan-sandi-saya' })
    const strip = ({ requestId: _id, ...rest }: Record<string, unknown>) => rest
    expect(wrong.status).toBe(401)
    expect(strip((await wrong.json()) as Record<string, unknown>)).toEqual(
      strip((await unknown.json()) as Record<string, unknown>),
    )
  })
  it('brakes guesses on one account, also when they come at once, and lets go after a while', async () => {
    const { email } = await registered()
    const guesses = await Promise.all(
      Array.from(
        { length: 14 },
        async (_, n) => (await post('/api/auth/login', { email, password: `tebakan-${n}` })).status,
      ),
    )
    expect(guesses.filter((status) => status === 401).length).toBe(8)
    const right = await post('/api/auth/login', { email, password: PASSWORD })
    expect(right.status).toBe(429)
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(0)
    await clock.advance(Number(right.headers.get('retry-after')) * 1000 + 61_000)
    expect((await post('/api/auth/login', { email, password: PASSWORD })).status).toBe(200)
  })
  it('brakes guesses from one address over many accounts', async () => {
    await clock.advance(3_600_000)
    const statuses: number[] = []
    for (let n = 0; n < 45; n++)
      statuses.push(
        (await post('/api/auth/login', { email: `korban-${n}@contoh.test`, password: 'coba-coba-saja' })).status,
      )
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(4)
    await clock.advance(3_600_000)
  })
  it('counts the addresses of one IPv6 network as one', async () => {
    const refusals = await Promise.all(
      Array.from({ length: 45 }, (_, n) =>
        world
          .dispatch(
            'identity.login',
            { email: `sasaran-${n}@contoh.test`, password: 'coba-coba-saja' },
            { caller: { kind: 'anonymous', address: `2001:db8:1:2::${n}` }, requestId: `uji-${n}`, locale: 'id' },
          )
          .catch((problem: Problem) => problem.type.code),
      ),
    )
    expect(refusals.filter((code) => code === 'login_throttled').length).toBe(5)
  })
  it.each(['login', 'token'])('by %s with a password that is changed meanwhile opens nothing', async (door) => {
    const { email, user } = await registered()
    const { db, transaction } = world.database.database
    const waiting = sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    let answer: Promise<Response> | undefined
    await transaction(async (tx) => {
      await tx.selectFrom('users').select('id').where('id', '=', user.id).forUpdate().execute()
      answer = post(`/api/auth/${door}`, { email, password: PASSWORD })
      await expect.poll(async () => (await waiting.execute(db)).rows.length).toBe(1)
      await tx.updateTable('users').set({ password_hash: 'another' }).where('id', '=', user.id).execute()
    })
    expect((await answer)?.status).toBe(401)
  })
})

describe('sessions', () => {
  it('end after seven days without use and after thirty in any case', async () => {
    const { cookie } = await registered()
    await clock.advance(6 * 86_400_000)
    expect((await me(cookie)).status).toBe(200)
    await clock.advance(8 * 86_400_000)
    expect((await me(cookie)).status).toBe(401)

    const other = await registered()
    for (let day = 0; day < 29; day += 5) {
      expect((await me(other.cookie)).status).toBe(200)
      await clock.advance(5 * 86_400_000)
    }
    expect((await me(other.cookie)).status).toBe(401)
  })
  it('are outlived by no token for a live connection', async () => {
    const { cookie } = await registered()
    const life = async () => {
      const answer = await world.request('/api/websocket/token', { headers: { cookie } })
      return answer.ok ? ((await answer.json()) as { expiresIn: number }).expiresIn : answer.status
    }
    expect(await life()).toBe(300)
    for (let day = 0; day < 30; day += 6) {
      if (day > 0) expect((await me(cookie)).status).toBe(200)
      await clock.advance(6 * 86_400_000 - (day === 24 ? 100_000 : 0))
    }
    expect(await life()).toBe(100)
    await clock.advance(100_000)
    expect(await life()).toBe(401)
  })
  it('are listed, and revoked one by one, only by their owner', async () => {
    const { email, cookie } = await registered()
    const second = cookieOf(await post('/api/auth/login', { email, password: PASSWORD }))
    const list = (await (await world.request('/api/auth/sessions', { headers: { cookie } })).json()) as {
      data: { id: string; current: boolean }[]
    }
    expect(list.data.map(({ current }) => current)).toEqual([false, true])
    const id = list.data[0]?.id ?? ''
    const stranger = await registered()
    expect(
      (await world.request(`/api/auth/sessions/${id}`, { method: 'DELETE', headers: { cookie: stranger.cookie } }))
        .status,
    ).toBe(404)
    expect((await world.request(`/api/auth/sessions/${id}`, { method: 'DELETE', headers: { cookie } })).status).toBe(
      204,
    )
    expect((await me(second)).status).toBe(401)
    expect((await me(cookie)).status).toBe(200)
  })
  it('end at logout, and the cookie is taken back', async () => {
    const { cookie } = await registered()
    const answer = await post('/api/auth/logout', {}, { headers: { cookie } })
    expect(answer.status).toBe(204)
    expect(answer.headers.getSetCookie()[0]).toMatch(/Max-Age=0/)
    expect((await me(cookie)).status).toBe(401)
  })
})

describe('passwords', () => {
  it('are changed with the current one, which ends all other sessions and sends a mail', async () => {
    const { email, cookie } = await registered()
    const other = cookieOf(await post('/api/auth/login', { email, password: PASSWORD }))
    const wrong = await post(
      '/api/auth/change-password',
      { currentPassword: 'salah-sekali', newPassword: 'sandi-baru-saya' },
      { headers: { cookie } },
    )
    expect([wrong.status, await codeOf(wrong)]).toEqual([403, 'wrong_password'])
    const answer = await post(
      '/api/auth/change-password',
      { currentPassword: PASSWORD, newPassword: 'sandi-baru-saya' },
      { headers: { cookie } },
    )
    expect(answer.status).toBe(200)
    expect((await me(other)).status).toBe(401)
    expect((await me(cookie)).status).toBe(401)
    expect((await me(cookieOf(answer))).status).toBe(200)
    expect((await post('/api/auth/login', { email, password: 'sandi-baru-saya' })).status).toBe(200)
  })
  it('are reset by a mailed link that works once, within an hour, and ends every session', async () => {
    const { email, cookie } = await registered()
    expect((await post('/api/auth/request-password-reset', { email })).status).toBe(202)
    const token = await mailedToken(email, 'reset_password')
    const first = await post('/api/auth/reset-password', { token, password: 'lupa-lagi-nanti' })
    expect(first.status).toBe(200)
    expect((await me(cookie)).status).toBe(401)
    const again = await post('/api/auth/reset-password', { token, password: 'lupa-lagi-nanti' })
    expect([again.status, await codeOf(again)]).toEqual([410, 'link_expired'])

    await post('/api/auth/request-password-reset', { email })
    const late = await mailedToken(email, 'reset_password')
    await clock.advance(61 * 60_000)
    expect((await post('/api/auth/reset-password', { token: late, password: 'lupa-lagi-nanti' })).status).toBe(410)
  })
  it('floods no mailbox: a few links, then the same answer and no mail for a while', async () => {
    const { email, cookie } = await registered()
    const mails = async (kind: string) =>
      (
        await world.database.database.db
          .selectFrom('mails')
          .select('id')
          .where('to_address', '=', email)
          .where('kind', '=', kind)
          .execute()
      ).length
    for (let n = 0; n < 8; n++) expect((await post('/api/auth/request-password-reset', { email })).status).toBe(202)
    expect(await mails('reset_password')).toBe(5)
    const again = await post('/api/auth/resend-verification', {}, { headers: { cookie } })
    expect([again.status, Number(again.headers.get('retry-after')) > 0]).toEqual([429, true])
    expect(await mails('verify_email')).toBe(1)
    await clock.advance(3_600_000)
    expect((await post('/api/auth/resend-verification', {}, { headers: { cookie } })).status).toBe(202)
  })
  it('answers a reset for an unknown address like any other, and mails nothing', async () => {
    const answer = await post('/api/auth/request-password-reset', { email: 'siapa@contoh.test' })
    expect([answer.status, await answer.json()]).toEqual([202, { accepted: true }])
    const mails = await world.database.database.db
      .selectFrom('mails')
      .select('id')
      .where('to_address', '=', 'siapa@contoh.test')
      .execute()
    expect(mails).toEqual([])
  })
})

describe('e-mail verification', () => {
  it('is by the mailed link; only the newest link counts', async () => {
    const { email, cookie } = await registered()
    const old = await mailedToken(email, 'verify_email')
    expect(await (await post('/api/auth/resend-verification', {}, { headers: { cookie } })).json()).toEqual({
      sent: true,
    })
    expect((await post('/api/auth/verify-email', { token: old })).status).toBe(410)
    expect((await post('/api/auth/verify-email', { token: await mailedToken(email, 'verify_email') })).status).toBe(200)
    expect(await (await me(cookie)).json()).toMatchObject({ user: { emailVerified: true } })
    expect(await (await post('/api/auth/resend-verification', {}, { headers: { cookie } })).json()).toEqual({
      sent: false,
    })
  })
})

describe('access tokens', () => {
  async function token(email: string) {
    return (await (await post('/api/auth/token', { email, password: PASSWORD })).json()) as {
      accessToken: string
      expiresIn: number
    }
  }
  const meBy = (bearer: string) => world.request('/api/auth/me', { headers: { authorization: `Bearer ${bearer}` } })

  it('work for ten minutes and are verified by the published key', async () => {
    const { email } = await registered()
    const { accessToken, expiresIn } = await token(email)
    expect(expiresIn).toBe(600)
    expect((await meBy(accessToken)).status).toBe(200)
    const { keys } = (await (await world.request('/.well-known/jwks.json')).json()) as {
      keys: Record<string, unknown>[]
    }
    expect(keys[0]).toMatchObject({ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig' })
    expect(keys[0]).not.toHaveProperty('d')
    await clock.advance(601_000)
    expect((await meBy(accessToken)).status).toBe(401)
  })
  it('are refused when altered in any character, respelled, unsigned or made for another audience', async () => {
    const { email, cookie } = await registered()
    const { accessToken } = await token(email)
    const [head = '', body = '', signature = ''] = accessToken.split('.')
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`
    const realtime = (
      (await (await world.request('/api/websocket/token', { headers: { cookie } })).json()) as { token: string }
    ).token
    const last = signature.at(-1) === 'A' ? 'B' : String.fromCharCode((signature.at(-1) ?? 'A').charCodeAt(0) + 1)
    for (const bad of [
      none,
      `${head}.${body}.${signature.slice(0, -1)}${last}`,
      `${accessToken}=`,
      `${head}.${body}`,
      'x.y.z',
      realtime,
    ]) {
      expect((await meBy(bad)).status, bad.slice(0, 20)).toBe(401)
    }
  })
  it('die with the password change of their owner', async () => {
    const { email, cookie } = await registered()
    const { accessToken } = await token(email)
    await post(
      '/api/auth/change-password',
      { currentPassword: PASSWORD, newPassword: 'sandi-baru-saya' },
      { headers: { cookie } },
    )
    expect((await meBy(accessToken)).status).toBe(401)
  })
})

describe('the owner', () => {
  it('is made on an empty database only, once, however many processes start', async () => {
    expect(await world.identity.ensureOwner({ email: 'lain@studio.test', password: null })).toBeNull()
    const fresh = await createWorld({ clock, listen: false, env: { OWNER_EMAIL: '', OWNER_PASSWORD: '' } })
    const admins = await fresh.database.database.db
      .selectFrom('users')
      .selectAll()
      .where('role', '=', 'admin')
      .execute()
    expect(admins).toHaveLength(1)
    expect(admins[0]?.password_is_temporary).toBe(true)
    await fresh.dispose()
  })
  it('is asked to change a password that is one of the commonest', async () => {
    const weak = await createWorld({ clock, listen: false, env: { OWNER_PASSWORD: 'password123' } })
    const answer = await weak.request('/api/auth/login', {
      method: 'POST',
      body: { email: OWNER.email, password: 'password123' },
    })
    const me = await weak.request('/api/auth/me', { headers: { cookie: cookieOf(answer) } })
    expect(await me.json()).toMatchObject({ user: { role: 'admin', mustChangePassword: true } })
    await weak.dispose()
  })
  it('sees the clients, found by name; a client sees no list', async () => {
    const found = (await (await world.request('/api/admin/clients?search=sri&limit=2', { as: 'admin' })).json()) as {
      data: unknown[]
      nextCursor: string
    }
    expect(found.data).toHaveLength(2)
    const next = (await (
      await world.request(`/api/admin/clients?search=sri&limit=2&cursor=${found.nextCursor}`, { as: 'admin' })
    ).json()) as { data: unknown[] }
    expect(next.data[0]).not.toEqual(found.data[1])
    expect((await world.request('/api/admin/clients', { as: 'client' })).status).toBe(403)
  })
})
