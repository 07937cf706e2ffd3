import { expect, it } from 'vitest'
import { Connection } from './connection.ts'
import type { Speech, Transport } from './connection.ts'
import { Hub } from './hub.ts'

it('names who reads a channel, with and without some, anew when somebody comes or goes', () => {
  const hub = new Hub()
  const join = (id: string) =>
    hub.join(
      new Connection({ id, speech: {} as Speech, transport: {} as Transport, address: '', userAgent: null, now: 0 }),
      'system',
      { sentTo: 0 },
    )
  const [a, b] = [join('a'), join('b')]
  const members = hub.members('system')!
  expect([members.ids, members.idsWithout([]), members.idsWithout([a])]).toEqual(['{a,b}', '{a,b}', '{b}'])
  expect(members.idsWithout([b])).toBe('{a}')
  const c = join('c')
  expect([members.ids, members.idsWithout([b])]).toEqual(['{a,b,c}', '{a,c}'])
  hub.leave(a)
  expect(members.idsWithout([b])).toBe('{c}')
  expect(members.idsWithout([c])).toBe('{b}')
})
