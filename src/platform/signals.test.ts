import pg from 'pg'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createTestDatabase, quiet } from '../../test/support/database.ts'
import type { TestDatabase } from '../../test/support/database.ts'
import { openDatabase } from './database.ts'
import type { Database } from './database.ts'

let world: TestDatabase
let here: Database
let there: Database

beforeEach(async () => {
  world = await createTestDatabase()
  here = world.database
  there = openDatabase({ url: world.url, log: quiet })
})
afterEach(async () => {
  await there.close()
  await world.drop()
})

const called = (wake: ReturnType<typeof vi.fn>) =>
  vi.waitUntil(() => wake.mock.calls.length > 0, { interval: 2, timeout: 5_000 })
const cutSignals = () =>
  here.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name = 'jasaweb signals' and datname = current_database()`,
  )

test('a notification wakes listeners of this process at once and of others soon', async () => {
  const [near, far, elsewhere] = [vi.fn(), vi.fn(), vi.fn()]
  await here.listen('news', near)
  await there.listen('news', far)
  await there.listen('other', elsewhere)
  here.notify('news')
  expect(near).toHaveBeenCalledTimes(1)
  await called(far)
  expect(elsewhere).not.toHaveBeenCalled()
  expect(near).toHaveBeenCalledTimes(1)
})

test('many notifications become few', async () => {
  const far = vi.fn()
  await there.listen('news', far)
  for (let at = 0; at < 1_000; at++) here.notify('news')
  await called(far)
  const marker = vi.fn()
  await there.listen('marker', marker)
  here.notify('marker')
  await called(marker)
  expect(far.mock.calls.length).toBeLessThan(10)
})

test('a listener that has ended is not woken, its neighbour is', async () => {
  const [gone, stays] = [vi.fn(), vi.fn()]
  const end = await there.listen('news', gone)
  await there.listen('news', stays)
  await end()
  here.notify('news')
  await called(stays)
  expect(gone).not.toHaveBeenCalled()
})

test('a listener that fails does not keep others from being woken', async () => {
  const stays = vi.fn()
  await there.listen('news', () => {
    throw new Error('no')
  })
  await there.listen('news', stays)
  here.notify('news')
  await called(stays)
  expect(stays).toHaveBeenCalledTimes(1)
})

test('after a lost connection everybody is woken, and listening goes on', async () => {
  const far = vi.fn()
  await there.listen('news', far)
  await cutSignals()
  await called(far)
  far.mockClear()
  here.notify('news')
  expect(await called(far)).toBe(true)
})

test('what is notified while the connection is lost is sent when it is back', async () => {
  const far = vi.fn()
  await here.listen('anything', () => {})
  await there.listen('news', far)
  const holder = new pg.Client({ connectionString: world.url })
  await holder.connect()
  await cutSignals()
  here.notify('news')
  expect(await called(far)).toBe(true)
  await holder.end()
})

test('a channel name that is no plain word is refused', async () => {
  await expect(here.listen('a; drop table events', () => {})).rejects.toThrow(/no channel name/)
})

test('closing sends what was notified just before', async () => {
  const far = vi.fn()
  await there.listen('news', far)
  const brief = openDatabase({ url: world.url, log: quiet })
  await brief.listen('anything', () => {})
  brief.notify('news')
  await brief.close()
  expect(await called(far)).toBe(true)
})

test('closing while no connection can be made does not hang', async () => {
  const lost = openDatabase({ url: 'postgres://nobody@127.0.0.1:1/none', log: quiet })
  const listening = lost.listen('news', () => {}).catch((error: unknown) => error)
  lost.notify('news')
  await lost.close()
  expect(await listening).toBeInstanceOf(Error)
})
