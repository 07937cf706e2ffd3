import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createEmptyDatabase, quiet } from '../../test/support/database.ts'
import { migrate, MigrationRefused } from './migrate.ts'

let folder: string
let empty: Awaited<ReturnType<typeof createEmptyDatabase>>

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'migrations-'))
  empty = await createEmptyDatabase()
})
afterEach(async () => {
  await empty.drop()
  await rm(folder, { recursive: true })
})

const file = (name: string, sql: string) => writeFile(join(folder, name), sql)
const run = () => migrate({ url: empty.url, folder, log: quiet })
async function query(statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: empty.url })
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}

test('applies files in order, each once', async () => {
  await file('0002_more.sql', 'alter table a add column b int')
  await file('0001_first.sql', 'create table a (id int)')
  expect(await run()).toEqual({ applied: ['0001_first.sql', '0002_more.sql'] })
  expect(await run()).toEqual({ applied: [] })
  await file('0003_last.sql', 'insert into a values (1, 2)')
  expect(await run()).toEqual({ applied: ['0003_last.sql'] })
  expect(await query('select * from a')).toEqual([{ id: 1, b: 2 }])
})

test('ten processes may start at once', async () => {
  await file('0001_first.sql', 'create table a (id int); select pg_sleep(0.05)')
  await file('0002_more.sql', 'insert into a values (1)')
  const results = await Promise.all(Array.from({ length: 10 }, run))
  expect(results.flatMap(({ applied }) => applied)).toEqual(['0001_first.sql', '0002_more.sql'])
  expect(await query('select * from a')).toEqual([{ id: 1 }])
})

test('a file that fails is undone as a whole, names itself and can be mended', async () => {
  await file('0001_first.sql', 'create table a (id int)')
  await file('0002_bad.sql', 'create table b (id int); select 1 / 0')
  await expect(run()).rejects.toThrow(/0002_bad\.sql failed and was undone: division by zero/)
  expect(await query(`select to_regclass('a') is not null as a, to_regclass('b') is null as b`)).toEqual([
    { a: true, b: true },
  ])
  await file('0002_bad.sql', 'create table b (id int)')
  expect(await run()).toEqual({ applied: ['0002_bad.sql'] })
})

test('a changed file is refused with what to do; other line ends are no change', async () => {
  await file('0001_first.sql', 'create table a (id int);\n')
  await run()
  await file('0001_first.sql', 'create table a (id int);\r\n')
  expect(await run()).toEqual({ applied: [] })
  await file('0001_first.sql', 'create table a (id bigint);\n')
  await expect(run()).rejects.toThrow(MigrationRefused)
  await expect(run()).rejects.toThrow(/0001_first\.sql was changed .* put the file back/)
})

test('a database newer than the code is refused', async () => {
  await file('0001_first.sql', 'create table a (id int)')
  await file('0002_newer.sql', 'create table b (id int)')
  await run()
  await rm(join(folder, '0002_newer.sql'))
  await expect(run()).rejects.toThrow(/does not know \(0002_newer\.sql\)/)
})

test('a file that comes too late for its number is refused', async () => {
  await file('0002_second.sql', 'create table a (id int)')
  await run()
  await file('0001_late.sql', 'create table b (id int)')
  await expect(run()).rejects.toThrow(/0001_late\.sql comes before 0002_second\.sql/)
})

test.each(['1_short.sql', '0001-dash.sql', '0001_Upper.sql'])('%s is no name for a migration', async (name) => {
  await file(name, 'select 1')
  await expect(run()).rejects.toThrow(/call it like/)
})

test('one number cannot be given twice', async () => {
  await file('0001_a.sql', 'select 1')
  await file('0001_b.sql', 'select 1')
  await expect(run()).rejects.toThrow(/next free number/)
})
