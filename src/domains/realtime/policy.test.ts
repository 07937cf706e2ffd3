import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createLiveAgency } from '../../../test/support/realtime/agency.ts'
import type { LiveAgency } from '../../../test/support/realtime/agency.ts'
import type { Account } from '../../platform/contract/call.ts'
import { newId } from '../../platform/ids.ts'
import { placeOrder } from '../projects/contract.ts'
import { createChannelPolicy } from './policy.ts'

let agency: LiveAgency
const people: Record<string, Account> = {}
/** Channels by what they are to the owner. */
let channels: Record<string, string>

beforeAll(async () => {
  agency = await createLiveAgency()
  people.owner = await agency.person('client', 'Owner')
  people.other = await agency.person('client', 'Other')
  people.staff = await agency.person('staff', 'Staff')
  people.admin = await agency.person('admin', 'Admin')
  const { project, invoice } = await agency.call(people.owner, placeOrder, { plan: 'company', projectName: 'Situs' })
  channels = {
    system: 'system',
    admin: 'admin',
    ownUser: `user:${people.owner.id}`,
    project: `project:${project.id}`,
    invoice: `invoice:${invoice.id}`,
    unknownProject: `project:${newId()}`,
    clients: 'role:client',
    staff: 'role:staff',
    admins: 'role:admin',
    nonsense: 'projects:1',
    empty: '',
    injected: `project:${'-'.repeat(36)}`,
  }
})
afterAll(() => agency.drop())

const readable: Record<string, string[]> = {
  owner: ['system', 'ownUser', 'project', 'invoice', 'clients'],
  other: ['system', 'clients'],
  staff: ['system', 'staff'],
  admin: ['system', 'admin', 'ownUser', 'project', 'invoice', 'unknownProject', 'clients', 'staff', 'admins'],
}

describe('who may read', () => {
  it.each(Object.keys(readable))('%s reads what is theirs and nothing else', async (name) => {
    const { id: userId, role } = people[name]!
    const policy = createChannelPolicy(agency.database.db)
    for (const round of ['asked', 'remembered']) {
      const may: string[] = []
      for (const [kind, channel] of Object.entries(channels))
        if (await policy.mayRead({ userId, role }, channel)) may.push(kind)
      expect(may, round).toEqual(readable[name])
    }
  })

  it('asks once for what is theirs, and again for what did not exist yet', async () => {
    const policy = createChannelPolicy(agency.database.db)
    const { id: userId, role } = people.owner!
    const late = newId()
    expect(await policy.mayRead({ userId, role }, `project:${late}`)).toBe(false)
    await agency.database.pool.query(
      `insert into projects (id, client_id, name, plan_id, plan_slug, plan_name, status, invoice_id, support_days, created_at, updated_at)
       select $1, client_id, name, plan_id, plan_slug, plan_name, status, $2, support_days, created_at, updated_at
       from projects where client_id = $3 limit 1`,
      [late, newId(), userId],
    )
    expect(await policy.mayRead({ userId, role }, `project:${late}`)).toBe(true)
    const asked = vi.spyOn(agency.database.pool, 'connect')
    expect(await policy.mayRead({ userId, role }, `project:${late}`)).toBe(true)
    expect(await policy.mayRead({ userId: people.other!.id, role }, `project:${late}`)).toBe(false)
    expect(asked).not.toHaveBeenCalled()
    asked.mockRestore()
  })

  it('lets a person be subscribed only to what they may read', async () => {
    const policy = createChannelPolicy(agency.database.db)
    for (const { id: userId, role } of Object.values(people)) {
      const own = policy.ownChannels({ userId, role })
      expect(own).toEqual([`user:${userId}`, `role:${role}`, 'system', ...(role === 'admin' ? ['admin'] : [])])
      for (const channel of own) {
        expect(policy.isChannel(channel)).toBe(true)
        expect(await policy.mayRead({ userId, role }, channel)).toBe(true)
      }
      expect(policy.maySeePresence({ userId, role }, 'system')).toBe(role === 'admin')
    }
  })
})
