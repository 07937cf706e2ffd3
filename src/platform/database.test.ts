import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createTestDatabase, quiet } from '../../test/support/database.ts'
import type { TestDatabase } from '../../test/support/database.ts'
import { isConnectionFailure } from './database-errors.ts'
import { jsonb, openDatabase } from './database.ts'
import type { Database, Tx } from './database.ts'

let world: TestDatabase
let database: Database

beforeAll(async () => {
  world = await createTestDatabase()
  database = world.database
  await sql`create table counters (name text primary key, value int not null)`.execute(database.db)
})
afterAll(() => world.drop())
beforeEach(async () => void (await sql`truncate counters; `.execute(database.db)))

const valueOf = async (name: string) =>
  (await sql<{ value: number }>`select value from counters where name = ${name}`.execute(database.db)).rows[0]?.value
const add = (tx: Tx, name: string) => sql`insert into counters values (${name}, 1)`.execute(tx)
const increment = (tx: Tx, name: string) => sql`update counters set value = value + 1 where name = ${name}`.execute(tx)

describe('values', () => {
  const read = async <T>(expression: string) =>
    (await sql<{ value: T }>`select ${sql.raw(expression)} as value`.execute(database.db)).rows[0]?.value

  test('bigint is a number', async () => expect(await read('9007199254740991::bigint')).toBe(9007199254740991))

  test('bigint that a number cannot keep exactly is refused', async () => {
    await expect(read('9007199254740992::bigint')).rejects.toThrow(/9007199254740992/)
    await expect(read('array[-9007199254740992]::bigint[]')).rejects.toThrow(RangeError)
  })

  test('bigint arrays are numbers', async () => {
    expect(await read('array[1, null, 3]::bigint[]')).toEqual([1, null, 3])
  })

  test('timestamptz is a Date, date stays text, jsonb is its value', async () => {
    expect(await read(`'2026-11-23T07:00:00+07'::timestamptz`)).toEqual(new Date('2026-11-23T00:00:00Z'))
    expect(await read(`'2026-11-23'::date`)).toBe('2026-11-23')
    expect(await read(`'{"a":[1]}'::jsonb`)).toEqual({ a: [1] })
  })

  test('jsonb() carries arrays, strings and null unharmed', async () => {
    for (const value of [[1, 'two', { three: 3 }], 'text', null, { nested: [] }]) {
      const { rows } = await sql<{ value: unknown }>`select ${jsonb(value)} as value`.execute(database.db)
      expect(rows[0]?.value).toEqual(value)
    }
  })
})

describe('transaction', () => {
  test('commits what its work did and answers its result', async () => {
    expect(await database.transaction(async (tx) => (await add(tx, 'a'), 'done'))).toBe('done')
    expect(await valueOf('a')).toBe(1)
  })

  test('undoes everything when its work fails', async () => {
    const failing = database.transaction(async (tx) => {
      await add(tx, 'a')
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await valueOf('a')).toBeUndefined()
  })

  test('is run again after a deadlock, so that both opponents succeed', async () => {
    await database.transaction(async (tx) => (await add(tx, 'a'), await add(tx, 'b')))
    let firsts = 0
    let meet = () => {}
    const met = new Promise<void>((resolve) => (meet = resolve))
    const both = async () => {
      if (++firsts === 2) meet()
      await met
    }
    const take = (one: string, other: string) =>
      database.transaction(async (tx) => {
        await increment(tx, one)
        await both()
        await increment(tx, other)
      })
    await Promise.all([take('a', 'b'), take('b', 'a')])
    expect(firsts).toBeGreaterThan(2)
    expect([await valueOf('a'), await valueOf('b')]).toEqual([3, 3])
  })

  test('gives up after five conflicts, having waited longer and longer', async () => {
    let runs = 0
    const hopeless = database.transaction(async (tx) => {
      runs++
      await sql`do $$ begin raise exception 'again' using errcode = 'serialization_failure'; end $$`.execute(tx)
    })
    await expect(hopeless).rejects.toMatchObject({ code: '40001' })
    expect(runs).toBe(5)
  })

  test('is not run again after any other failure', async () => {
    let runs = 0
    await expect(
      database.transaction(async (tx) => {
        runs++
        await sql`select 1 / 0`.execute(tx)
      }),
    ).rejects.toMatchObject({ code: '22012' })
    expect(runs).toBe(1)
  })

  test('tells why it failed, not that ROLLBACK failed too, when its connection is cut', async () => {
    const cut = database.transaction(async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
      await database.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid])
      await add(tx, 'a')
    })
    const error = await cut.then(
      () => undefined,
      (reason: unknown) => reason,
    )
    expect(isConnectionFailure(error)).toBe(true)
    expect(await valueOf('a')).toBeUndefined()
    await database.ping()
  })

  test('survives a cut connection while it is busy with something else', async () => {
    const cut = database.transaction(async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
      await database.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid])
      await vi.waitFor(async () => {
        const alive = await database.pool.query('select from pg_stat_activity where pid = $1', [rows[0]?.pid])
        expect(alive.rowCount).toBe(0)
      })
      throw new Error('the work itself went wrong')
    })
    await expect(cut).rejects.toThrow('the work itself went wrong')
    await database.ping()
  })

  test('is ended by PostgreSQL when a statement or the whole takes too long', async () => {
    const limits = await database.transaction(async (tx) => {
      const names = ['statement_timeout', 'transaction_timeout', 'idle_in_transaction_session_timeout']
      const answers = await Promise.all(
        names.map((name) => sql<{ v: string }>`select current_setting(${name}) as v`.execute(tx)),
      )
      return answers.map(({ rows }) => rows[0]?.v)
    })
    expect(limits).toEqual(['15s', '30s', '15s'])
  })

  test('runs 50 increments at once without losing one', async () => {
    await database.transaction(async (tx) => void (await add(tx, 'a')))
    await Promise.all(Array.from({ length: 50 }, () => database.transaction((tx) => increment(tx, 'a'))))
    expect(await valueOf('a')).toBe(51)
  })
})

describe('around COMMIT', () => {
  test('beforeCommit statements run last, in the transaction; effects run once it is committed', async () => {
    const order: string[] = []
    let committed: Promise<number | undefined> | undefined
    await database.transaction(async (tx) => {
      database.afterCommit(tx, () => {
        order.push('effect')
        committed = valueOf('a')
      })
      database.beforeCommit(tx, async () => {
        order.push('before')
        await add(tx, 'a')
      })
      order.push('work')
    })
    expect(order).toEqual(['work', 'before', 'effect'])
    expect(await committed).toBe(1)
  })

  test('a rollback drops them, and a second run does not repeat those of the first', async () => {
    const effect = vi.fn()
    await database.transaction(async (tx) => database.afterCommit(tx, effect)).catch(() => undefined)
    expect(effect).toHaveBeenCalledTimes(1)
    const rolledBack = vi.fn()
    let runs = 0
    await database.transaction(async (tx) => {
      database.afterCommit(tx, rolledBack)
      if (++runs === 1) await sql`do $$ begin raise exception 'again' using errcode = '40P01'; end $$`.execute(tx)
    })
    expect(runs).toBe(2)
    expect(rolledBack).toHaveBeenCalledTimes(1)
  })

  test('an effect that fails leaves the result and the other effects alone', async () => {
    const other = vi.fn()
    const result = await database.transaction(async (tx) => {
      database.afterCommit(tx, () => {
        throw new Error('effect')
      })
      database.afterCommit(tx, other)
      return 7
    })
    expect(result).toBe(7)
    expect(other).toHaveBeenCalled()
  })

  test('a transaction that has ended takes no more effects', async () => {
    const tx = await database.transaction(async (running) => running)
    expect(() => database.afterCommit(tx, () => {})).toThrow(/has ended/)
  })
})

test('a database that cannot be reached is reported, and closing it still works', async () => {
  const unreachable = openDatabase({ url: 'postgres://nobody@127.0.0.1:1/none', log: quiet })
  await expect(unreachable.ping()).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  await expect(unreachable.transaction(async () => 1)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  await unreachable.close()
})

test('closing twice is closing once', async () => {
  const second = openDatabase({ url: world.url, log: quiet })
  await second.ping()
  await Promise.all([second.close(), second.close()])
  await expect(second.ping()).rejects.toThrow(/after calling end/)
})

test('a pooled connection lost while idle is replaced', async () => {
  const second = openDatabase({ url: world.url, log: quiet, poolSize: 1 })
  const pidOf = async () => (await second.pool.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid
  const pid = await pidOf()
  const admin = new pg.Client({ connectionString: world.url })
  await admin.connect()
  await admin.query('select pg_terminate_backend($1)', [pid])
  await admin.end()
  await second.transaction(async (tx) => add(tx, 'after'))
  expect(await pidOf()).not.toBe(pid)
  await second.close()
})
