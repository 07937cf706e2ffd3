import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { refusal } from '../../../../test/support/agency.ts'
import { createLiveAgency } from '../../../../test/support/realtime/agency.ts'
import type { LiveAgency } from '../../../../test/support/realtime/agency.ts'
import type { Account } from '../../../platform/contract/call.ts'
import { Problem } from '../../../platform/contract/problem.ts'
import type { GivenInput } from '../../../platform/contract/operation.ts'
import { newId } from '../../../platform/ids.ts'
import { placeOrder } from '../../projects/contract.ts'
import { listAnnouncements, listSentAnnouncements, notify, withdrawAnnouncement } from '../contract.ts'
import { createAnnouncements } from './announcements.ts'

let agency: LiveAgency
let admin: Account
let client: Account
let other: Account
beforeEach(async () => {
  agency = await createLiveAgency()
  admin = await agency.person('admin')
  client = await agency.person('client', 'Ayu')
  other = await agency.person('client', 'Budi')
})
afterEach(() => agency.drop())

const texts = { title: { id: 'Perawatan', en: 'Maintenance' }, body: { id: 'Nanti malam', en: 'Tonight' } }
const announce = async (input: Partial<GivenInput<typeof notify>> = {}) =>
  (await agency.ask(admin, notify, { ...texts, ...input })).announcement
const shownTo = async (person: Account) => (await agency.ask(person, listAnnouncements, {})).data.map(({ id }) => id)
const inMinutes = (minutes: number) => new Date(agency.clock.now().getTime() + minutes * 60_000).toISOString()
const sendDue = () => createAnnouncements(agency.platform).sendDue()

interface Sent {
  type: string
  actor: string | null
  channels: string[]
  data: { announcement: { id: string }; readers: string[] }
}
async function events(): Promise<Sent[]> {
  const { rows } = await agency.database.pool.query<Sent>(
    `select type, actor, channels, data from events where type like 'announcement.%' order by position`,
  )
  return rows
}
async function pointers(work: Promise<unknown>): Promise<string[]> {
  const error: unknown = await work.catch((thrown: unknown) => thrown)
  return error instanceof Problem ? (error.details.errors ?? []).map(({ pointer }) => pointer) : []
}

describe('an announcement', () => {
  it('goes out at once, to everybody unless somebody is named', async () => {
    const made = await announce()
    expect(made).toMatchObject({
      ...texts,
      target: { kind: 'everybody' },
      severity: 'info',
      endsAt: null,
      withdrawnAt: null,
    })
    expect(made.sentAt).toBe(agency.clock.now().toISOString())
    expect(await events()).toMatchObject([
      {
        type: 'announcement.published',
        actor: admin.id,
        channels: ['system'],
        data: { announcement: { id: made.id } },
      },
    ])
    for (const person of [admin, client, other]) expect(await shownTo(person)).toEqual([made.id])
  })

  it('reaches one user, one role or the readers of one project, and is shown to those alone', async () => {
    const { project } = await agency.call(client, placeOrder, { plan: 'company', projectName: 'Situs' })
    const toUser = await announce({ target: { kind: 'user', userId: other.id } })
    const toRole = await announce({ target: { kind: 'role', role: 'admin' } })
    const toProject = await announce({ target: { kind: 'project', projectId: project.id } })
    expect((await events()).map(({ channels }) => channels)).toEqual([
      [`user:${other.id}`],
      ['role:admin'],
      [`project:${project.id}`, `user:${client.id}`],
    ])
    expect(await shownTo(other)).toEqual([toUser.id])
    expect(await shownTo(admin)).toEqual([toRole.id])
    expect(await shownTo(client)).toEqual([toProject.id])
    expect(await shownTo(await agency.person('staff'))).toEqual([])
  })

  it('to somebody who does not exist is refused, with what is wrong', async () => {
    const nobody = { kind: 'user' as const, userId: newId() }
    expect(await refusal(announce({ target: nobody }))).toBe('no_such_receiver')
    expect(await pointers(announce({ target: nobody }))).toEqual(['/target/userId'])
    expect(await pointers(announce({ target: { kind: 'project', projectId: newId() } }))).toEqual(['/target/projectId'])
    expect(await events()).toEqual([])
  })

  it('needs times that make sense', async () => {
    expect(await pointers(announce({ startsAt: inMinutes(-1.1) }))).toEqual(['/startsAt'])
    expect(await pointers(announce({ startsAt: inMinutes(10), endsAt: inMinutes(10) }))).toEqual(['/endsAt'])
    expect(await pointers(announce({ endsAt: inMinutes(0) }))).toEqual(['/endsAt'])
    expect(await pointers(announce({ startsAt: inMinutes(-0.9), endsAt: inMinutes(-0.5) }))).toEqual(['/endsAt'])
    expect((await announce({ startsAt: inMinutes(-0.9), endsAt: inMinutes(1) })).sentAt).not.toBeNull()
  })

  it('is shown until its end', async () => {
    const made = await announce({ endsAt: inMinutes(10) })
    expect(await shownTo(client)).toEqual([made.id])
    await agency.clock.advance(600_000)
    expect(await shownTo(client)).toEqual([])
  })

  it('is one of many, the newest first, page by page', async () => {
    const made: string[] = []
    for (let at = 0; at < 5; at++) made.unshift((await announce()).id)
    for (const list of [listAnnouncements, listSentAnnouncements]) {
      const found: string[] = []
      let cursor: string | undefined
      do {
        const page = await agency.ask(admin, list, { limit: 2, ...(cursor ? { cursor } : {}) })
        found.push(...page.data.map(({ id }) => id))
        cursor = page.nextCursor ?? undefined
      } while (cursor)
      expect(found).toEqual(made)
    }
  })
})

describe('an announcement of a time to come', () => {
  it('goes out then, once, however many processes look', async () => {
    const made = await announce({ startsAt: inMinutes(10) })
    expect(made.sentAt).toBeNull()
    await sendDue()
    expect(await events()).toEqual([])
    expect(await shownTo(client)).toEqual([])
    await agency.clock.advance(600_000)
    await Promise.all(Array.from({ length: 6 }, sendDue))
    expect(await events()).toMatchObject([
      { type: 'announcement.published', actor: admin.id, data: { announcement: { id: made.id } } },
    ])
    expect(await shownTo(client)).toEqual([made.id])
    expect((await agency.ask(admin, listSentAnnouncements, {})).data).toMatchObject([
      { id: made.id, sentAt: agency.clock.now().toISOString() },
    ])
  })

  it('is not sent when its end has passed before anybody looked', async () => {
    await announce({ startsAt: inMinutes(10), endsAt: inMinutes(20) })
    await agency.clock.advance(1_200_000)
    await sendDue()
    expect(await events()).toEqual([])
  })

  it('goes to who reads the project then', async () => {
    const { project } = await agency.call(client, placeOrder, { plan: 'company', projectName: 'Situs' })
    await announce({ target: { kind: 'project', projectId: project.id }, startsAt: inMinutes(1) })
    await agency.clock.advance(60_000)
    await sendDue()
    expect(await events()).toMatchObject([{ channels: [`project:${project.id}`, `user:${client.id}`] }])
  })

  it('is sent by the worker', async () => {
    await announce({ startsAt: inMinutes(1) })
    const worker = agency.slice.workers?.find(({ name }) => name === 'realtime.announcements')
    worker?.start()
    await agency.clock.advance(61_000)
    await expect.poll(async () => (await events()).length).toBe(1)
    await worker?.stop()
  })
})

describe('taking back', () => {
  it('tells whoever was told, and shows it no more', async () => {
    const made = await announce({ target: { kind: 'user', userId: client.id } })
    await agency.ask(admin, withdrawAnnouncement, { id: made.id })
    expect((await events()).map(({ type, channels }) => [type, channels])).toEqual([
      ['announcement.published', [`user:${client.id}`]],
      ['announcement.withdrawn', [`user:${client.id}`]],
    ])
    expect(await shownTo(client)).toEqual([])
    expect(await refusal(agency.ask(admin, withdrawAnnouncement, { id: made.id }))).toBe('not_found')
  })

  it('of what is still to come keeps it from being sent', async () => {
    const made = await announce({ startsAt: inMinutes(1) })
    await agency.ask(admin, withdrawAnnouncement, { id: made.id })
    await agency.clock.advance(60_000)
    await sendDue()
    expect(await events()).toEqual([])
  })

  it('while it is being sent either keeps it back or tells that it was taken back', async () => {
    for (let round = 0; round < 5; round++) {
      const { id } = await announce({ startsAt: inMinutes(1) })
      await agency.clock.advance(60_000)
      await Promise.all([sendDue(), agency.ask(admin, withdrawAnnouncement, { id })])
      const told = (await events()).filter(({ data }) => data.announcement.id === id).map(({ type }) => type)
      expect([[], ['announcement.published', 'announcement.withdrawn']]).toContainEqual(told)
    }
  })
})
