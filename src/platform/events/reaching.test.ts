// What reached a channel, read from the log.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openEventWorld } from '../../../test/support/event-world.ts'
import type { EventWorld } from '../../../test/support/event-world.ts'
import { event } from '../contract/event.ts'
import { z } from 'zod'

const Sent = event('letter.sent', {
  data: z.object({ to: z.array(z.string()), n: z.int() }),
  subject: () => 'letter:1',
  reaches: ({ to }) => to,
})
const Pushed = event('letter.pushed', {
  data: z.object({ to: z.array(z.string()), n: z.int() }),
  subject: () => 'letter:1',
  reaches: ({ to }) => to,
  live: 'system_notification',
})
let world: EventWorld
beforeAll(async () => {
  world = await openEventWorld()
  world.log.declare([Sent, Pushed])
})
afterAll(() => world.end())
let n = 0
const send = (...to: string[]) =>
  world.database.transaction(async (tx) => world.log.append(tx, Sent.of({ to, n: ++n })))
const numbers = (events: { data: unknown }[]) => events.map(({ data }) => (data as { n: number }).n)

it('gives what reaches one of the channels, each once, in order, a page at a time', async () => {
  const start = await world.log.horizon()
  const first = n
  await send('user:a', 'admin')
  await send('user:b', 'admin')
  await send('user:a', 'project:1', 'admin', 'user:a')
  await send('system')
  const end = await world.log.horizon()
  const both = await world.log.readReaching(['user:a', 'project:1'], start, end, 10)
  expect(numbers(both.events)).toEqual([first + 1, first + 3])
  expect(both.upTo).toBe(end)
  expect(both.events[1]?.channels).toEqual(['user:a', 'project:1', 'admin'])
  const page = await world.log.readReaching(['admin'], start, end, 2)
  expect([numbers(page.events), page.upTo < end]).toEqual([[first + 1, first + 2], true])
  expect(numbers((await world.log.readReaching(['admin'], page.upTo, end, 2)).events)).toEqual([first + 3])
  expect((await world.log.readReaching(['user:a'], start, start, 2)).events).toEqual([])
})
it('never reads past an append that has not committed', async () => {
  const start = await world.log.horizon()
  let commit = () => {}
  const committing = new Promise<void>((resolve) => (commit = resolve))
  let appended = () => {}
  const appending = new Promise<void>((resolve) => (appended = resolve))
  // Its last statement has run, its commit is still to come: its position is taken, and lower than that of the next.
  const slow = world.database.transaction(async (tx) => {
    world.log.append(tx, Sent.of({ to: ['user:late'], n: ++n }))
    world.database.beforeCommit(tx, async () => {
      appended()
      await committing
    })
  })
  await appending
  await send('user:late')
  const early = await world.log.readReaching(['user:late'], start, Number.MAX_SAFE_INTEGER, 10)
  commit()
  await slow
  const all = await world.log.readReaching(['user:late'], early.upTo, await world.log.horizon(), 10)
  expect([...numbers(early.events), ...numbers(all.events)]).toEqual([n - 1, n])
})
it('keeps its name, and knows since when it can be read by channel', async () => {
  const epoch = await world.log.epoch()
  expect(epoch).toMatch(/^[0-9a-f-]{36}$/)
  expect(await world.secondProcess().epoch()).toBe(epoch)
  expect(await world.log.oldest()).toBeLessThanOrEqual(await world.log.horizon())
})
it('tells the latest of some types, since a time', async () => {
  await world.clock.advance(60_000)
  const time = world.clock.now()
  await send('system')
  expect(numbers(await world.log.since(['letter.sent', 'no.such'], time))).toEqual([n])
})
it('tells all of them, however many there are', async () => {
  await world.clock.advance(60_000)
  const time = world.clock.now()
  await sql`select append_events((select jsonb_agg(jsonb_build_object('id', gen_random_uuid(), 'type', 'letter.counted',
    'subject', 'letter:1', 'data', jsonb_build_object('to', '[]'::jsonb, 'n', i), 'occurred_at', ${time}::timestamptz))
    from generate_series(1, 2345) i))`.execute(world.database.db)
  const found = numbers(await world.log.since(['letter.counted'], time))
  expect(found).toEqual(Array.from({ length: 2_345 }, (_, at) => at + 1))
})
it('gives the last that were pushed into a channel, newest first', async () => {
  const letters: number[] = []
  for (const channels of [['user:z', 'admin'], ['admin'], ['user:z']]) {
    await world.database.transaction(async (tx) => world.log.append(tx, Pushed.of({ to: channels, n: ++n })))
    letters.push(n)
  }
  await send('user:z')
  const [first, , last] = letters
  const end = (await world.log.horizon()) + 1
  const found = await world.log.readBefore('user:z', end, 10)
  expect(numbers(found)).toEqual([last, first])
  expect(numbers(await world.log.readBefore('user:z', end, 1))).toEqual([last])
  expect(numbers(await world.log.readBefore('user:z', found[0]!.position, 10))).toEqual([first])
})
it('has another name once it is a restored copy, for every process that starts then', async () => {
  const epoch = await world.log.epoch()
  await world.log.rename()
  expect(await world.log.epoch()).toBe(epoch)
  const started = world.secondProcess()
  expect(await started.epoch()).toMatch(/^[0-9a-f-]{36}$/)
  expect(await started.epoch()).not.toBe(epoch)
  expect(await started.oldest()).toBe(await world.log.oldest())
})
it('reads neither the whole log for a channel that is rarely reached, nor an index of everything for one that always is', async () => {
  await sql`select append_events((select jsonb_agg(jsonb_build_object('id', gen_random_uuid(), 'type', 'letter.sent',
    'subject', 'letter:1', 'data', '{"to":[],"n":0}'::jsonb, 'occurred_at', now(), 'channels', jsonb_build_array('user:' || i % 5000, 'admin')))
    from generate_series(1, 100000) i))`.execute(world.database.db)
  await sql`analyze events`.execute(world.database.db)
  const end = await world.log.horizon()
  // Of the function itself: the plan counts what the statements inside it touch.
  const blocks = async (channels: string[]) => {
    const { rows } = await sql<{ 'QUERY PLAN': { Plan: Record<string, number> }[] }>`
      explain (analyze, buffers, format json)
      select events from events_reaching(${sql.lit(`{${channels.join(',')}}`)}::text[], 0, ${sql.lit(end)}, 200)`.execute(
      world.database.db,
    )
    const plan = rows[0]!['QUERY PLAN'][0]!.Plan
    return plan['Shared Hit Blocks']! + plan['Shared Read Blocks']!
  }
  const { rows } = await sql<{ pages: number }>`select (pg_relation_size('events_0') / 8192)::int as pages`.execute(
    world.database.db,
  )
  expect(rows[0]!.pages).toBeGreaterThan(1_500)
  expect(await blocks(['user:77'])).toBeLessThan(200)
  expect(await blocks(['admin'])).toBeLessThan(200)
})
