import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../test/support/database.ts'
import type { TestDatabase } from '../../test/support/database.ts'

let own: TestDatabase
beforeAll(async () => {
  own = await createTestDatabase({ poolSize: 1 })
})
afterAll(() => own.drop())

const prepared = async (like: string) =>
  (await own.database.pool.query(`select statement from pg_prepared_statements where statement like '${like}'`)).rows

test('a statement with parameters is prepared once a connection, one without is not', async () => {
  const { pool } = own.database
  for (const value of [1, 2, 3]) {
    expect((await pool.query('select $1::int as kept', [value])).rows).toEqual([{ kept: value }])
    await pool.query('select 1 as unkept')
  }
  expect(await prepared('%as kept')).toHaveLength(1)
  expect(await prepared('select 1 as unkept')).toHaveLength(0)
})

test('a statement that failed to be prepared fails again the same way, and others go on', async () => {
  const { pool } = own.database
  for (let time = 0; time < 2; time++) await expect(pool.query('select nonsense($1)', [1])).rejects.toThrow('nonsense')
  expect((await pool.query('select $1::text as fine', ['x'])).rows).toEqual([{ fine: 'x' }])
})
