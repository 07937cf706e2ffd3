import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { openDatabase, type Database } from '../database.ts'
import { createLog } from '../log.ts'
import { KeyLocks } from './key-locks.ts'

let test: TestDatabase
let other: Database
beforeAll(async () => {
  test = await createTestDatabase()
  other = openDatabase({ url: test.url, log: createLog({ level: 'silent' }) })
})
afterAll(async () => {
  await other.close()
  await test.drop()
})

const heldLocks = async () => {
  const { rows } = await test.database.pool.query<{ count: number }>(
    `select count(*)::int as count from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`,
  )
  return rows[0]?.count
}

it('gives a name to one holder only, in this process and in another', async () => {
  const here = new KeyLocks(test.database.pool)
  const there = new KeyLocks(other.pool)
  const release = await here.acquire('order 1')
  expect(release).not.toBeNull()
  expect(await here.acquire('order 1')).toBeNull()
  expect(await there.acquire('order 1')).toBeNull()
  const second = await there.acquire('order 2')
  expect(second).not.toBeNull()
  await release?.()
  const again = await there.acquire('order 1')
  expect(again).not.toBeNull()
  await again?.()
  await second?.()
  expect(await heldLocks()).toBe(0)
})

it('returns its connection to the pool when nothing is held', async () => {
  const locks = new KeyLocks(test.database.pool)
  const releases = await Promise.all(Array.from({ length: 50 }, (_, index) => locks.acquire(`many ${index}`)))
  expect(releases.every((release) => release !== null)).toBe(true)
  await Promise.all(releases.map((release) => release?.()))
  await expect.poll(() => test.database.pool.totalCount - test.database.pool.idleCount).toBe(0)
  expect(await heldLocks()).toBe(0)
})

it('lets exactly one of many win, under load from two processes', async () => {
  const both = [new KeyLocks(test.database.pool), new KeyLocks(other.pool)]
  const asked = Array.from({ length: 200 }, (_, index) => both[index % 2]?.acquire(`race ${index % 10}`))
  const won = (await Promise.all(asked)).filter((release) => release != null)
  expect(won).toHaveLength(10)
  await Promise.all(won.map((release) => release()))
  expect(await heldLocks()).toBe(0)
})

it('survives the death of its connection: the lock is free again and so is the name', async () => {
  const locks = new KeyLocks(test.database.pool)
  const release = await locks.acquire('fragile')
  await other.pool.query(
    `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`,
  )
  await expect.poll(heldLocks).toBe(0)
  await release?.()
  const again = await locks.acquire('fragile')
  expect(again).not.toBeNull()
  await again?.()
})
