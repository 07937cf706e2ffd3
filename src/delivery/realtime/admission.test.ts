import { beforeEach, expect, it } from 'vitest'
import { ManualClock } from '../../platform/clock.ts'
import { newSigningKey, openTokens } from '../../platform/tokens.ts'
import type { Tokens } from '../../platform/tokens.ts'
import { createAdmission, REMEMBERED_MS } from './admission.ts'
import type { Admission } from './admission.ts'

let clock: ManualClock
let tokens: Tokens
let admission: Admission
beforeEach(async () => {
  clock = new ManualClock('2026-11-28T08:00:00Z')
  tokens = await openTokens({ signingKey: await newSigningKey(), issuer: 'https://agency.test', clock })
  admission = createAdmission({ tokens, now: () => clock.now().getTime() })
})
const token = (role = 'client', more = {}) => tokens.issue({ sub: 'u1', sid: 's1' }, 'realtime', 300, { role, ...more })
const outcome = (work: Promise<unknown>) =>
  work.then(
    () => 'admitted',
    (error: { code?: number; close?: { code: number; reason: string } }) => error.close?.reason ?? error.code,
  )

it('tells who the bearer is, without asking anybody', async () => {
  expect(await admission.reader(await token())).toMatchObject({ userId: 'u1', sessionId: 's1', role: 'client' })
})
it('tells expired from forged, and takes no token that is for something else', async () => {
  const good = await token()
  const forged = `${good.slice(0, -6)}AAAAAA`
  const api = await tokens.issue({ sub: 'u1', sid: 's1' }, 'api', 300, { role: 'client' })
  expect(await outcome(admission.reader(forged))).toBe('invalid token')
  expect(await outcome(admission.reader('x.y.z'))).toBe('invalid token')
  expect(await outcome(admission.reader(''))).toBe('invalid token')
  expect(await outcome(admission.reader(api))).toBe('invalid token')
  expect(await outcome(admission.reader(await token('nobody')))).toBe('invalid token')
  expect(await outcome(admission.reader(await token('client', { channel: 'project:1' })))).toBe('invalid token')
  await clock.advance(301_000)
  expect(await outcome(admission.reader(good))).toBe(109)
})
it('admits nobody whose session has ended, for as long as its tokens live', async () => {
  admission.endSessions(['s1'])
  expect(await outcome(admission.reader(await token()))).toBe('signed out')
  await clock.advance(REMEMBERED_MS + 1)
  admission.forget()
  // No token of then is good any more; a session id is never used again.
  expect(await outcome(admission.reader(await token()))).toBe('admitted')
})
it('wants a newer token once rights have changed', async () => {
  const before = await token()
  admission.changeRights('u1')
  expect(await outcome(admission.reader(before))).toBe(109)
  await clock.advance(1_000)
  expect(await outcome(admission.reader(await token('admin')))).toBe('admitted')
})
it('takes a channel token of its user for its channel only', async () => {
  const channelToken = await token('client', { channel: 'project:1' })
  expect(await admission.channel(channelToken, 'u1')).toMatchObject({ channel: 'project:1' })
  expect(await outcome(admission.channel(channelToken, 'u2'))).toBe(103)
  expect(await outcome(admission.channel(await token(), 'u1'))).toBe(103)
})
