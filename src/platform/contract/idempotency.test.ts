// One key, one effect: across processes, across the steps of an operation, and across the death of a process.
import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { once } from 'node:events'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import {
  accounts,
  callerOf,
  countNotes,
  createNotesDatabase,
  createNotesDispatch,
  metaOf,
  operations,
} from '../../../test/support/door.ts'
import type { TestDatabase } from '../../../test/support/database.ts'
import { systemClock } from '../clock.ts'
import { openDatabase, type Database } from '../database.ts'
import { newId } from '../ids.ts'
import { createLog } from '../log.ts'
import { createIdempotencySweep } from './idempotency.ts'
import { Problem } from './problem.ts'

let test: TestDatabase
let second: Database
beforeAll(async () => {
  test = await createNotesDatabase()
  second = openDatabase({ url: test.url, log: createLog({ level: 'silent' }) })
})
afterAll(async () => {
  await second.close()
  await test.drop()
})
beforeEach(() => test.database.pool.query('truncate notes, idempotency_keys'))

const meta = (idempotencyKey: string) => metaOf(callerOf('client'), { idempotencyKey })
const codeOf = (error: unknown) => (error instanceof Problem ? error.type.code : String(error))

it('keeps a key busy from the first step of an operation to its last, in every process', async () => {
  const key = newId()
  let enter = () => undefined as void
  let go = () => undefined as void
  const entered = new Promise<void>((resolve) => (enter = resolve))
  const mayGo = new Promise<void>((resolve) => (go = resolve))
  const slow = createNotesDispatch(test.database, {
    steps: {
      async beforeTransaction() {
        enter()
        await mayGo
      },
    },
  }).dispatch
  const elsewhere = createNotesDispatch(second).dispatch
  const first = slow(operations.writeNote, { text: 'slow' }, meta(key))
  await entered
  expect(await slow(operations.writeNote, { text: 'slow' }, meta(key)).catch(codeOf)).toBe('idempotency_key_in_flight')
  expect(await elsewhere(operations.writeNote, { text: 'slow' }, meta(key)).catch(codeOf)).toBe(
    'idempotency_key_in_flight',
  )
  go()
  const { body } = await first
  expect(await elsewhere(operations.writeNote, { text: 'slow' }, meta(key))).toEqual({
    status: 201,
    body,
    replayed: true,
  })
  expect(await countNotes(test.database)).toBe(1)
})

it('has one effect when two processes are asked ten times each at the same moment', async () => {
  const doors = [createNotesDispatch(test.database).dispatch, createNotesDispatch(second).dispatch]
  for (let round = 0; round < 5; round++) {
    const key = newId()
    const asked = Array.from({ length: 20 }, (_, index) =>
      doors[index % 2]?.(operations.writeNote, { text: 'both' }, meta(key)).catch(codeOf),
    )
    const bodies = (await Promise.all(asked))
      .filter((outcome) => typeof outcome === 'object')
      .map(({ body }) => JSON.stringify(body))
    expect(new Set(bodies).size).toBe(1)
  }
  expect(await countNotes(test.database)).toBe(5)
})

it('lets only one transaction commit even when the lock was lost on the way', async () => {
  const key = newId()
  const LOCKS = `from pg_locks where locktype = 'advisory' and objsubid = 1
    and database = (select oid from pg_database where datname = current_database())`
  const killLocks = async () => {
    await second.pool.query(`select pg_terminate_backend(pid) ${LOCKS}`)
    await expect.poll(async () => (await second.pool.query(`select ${LOCKS}`)).rowCount).toBe(0)
  }
  const elsewhere = createNotesDispatch(second).dispatch
  const robbed = createNotesDispatch(test.database, {
    steps: {
      async beforeTransaction() {
        await killLocks()
        await elsewhere(operations.writeNote, { text: 'robbed' }, meta(key))
      },
    },
  }).dispatch
  expect(await robbed(operations.writeNote, { text: 'robbed' }, meta(key)).catch(codeOf)).toBe(
    'idempotency_key_in_flight',
  )
  expect(await countNotes(test.database)).toBe(1)
})

const script = fileURLToPath(new URL('../../../test/support/dispatch-process.ts', import.meta.url))
async function processAt(step: 'before' | 'after', key: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [script, test.url, key, step, accounts.client.id], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout ?? child, 'data')
  return child
}

it('replays the answer when the process was killed between the commit and the response', async () => {
  const key = newId()
  const child = await processAt('after', key)
  child.kill('SIGKILL')
  await once(child, 'exit')
  const { dispatch } = createNotesDispatch(test.database)
  await expect
    .poll(() => dispatch(operations.writeNote, { text: 'written once' }, meta(key)).catch(codeOf))
    .toMatchObject({ status: 201, replayed: true, body: { text: 'written once' } })
  expect(await countNotes(test.database)).toBe(1)
})

it('frees the key when the process was killed before the commit', async () => {
  const key = newId()
  const child = await processAt('before', key)
  const { dispatch } = createNotesDispatch(test.database)
  expect(await dispatch(operations.writeNote, { text: 'written once' }, meta(key)).catch(codeOf)).toBe(
    'idempotency_key_in_flight',
  )
  child.kill('SIGKILL')
  await once(child, 'exit')
  await expect
    .poll(() => dispatch(operations.writeNote, { text: 'written once' }, meta(key)).catch(codeOf))
    .toMatchObject({ replayed: false })
  expect(await countNotes(test.database)).toBe(1)
})

it('forgets answers after two days and not before one', async () => {
  await test.database.pool
    .query(`insert into idempotency_keys (caller, key, operation, request_hash, status, body, created_at)
    select 'a', 'old ' || n, 'x', '\\x00'::bytea, 200, '{}'::jsonb, now() - interval '49 hours' from generate_series(1, 2500) n
    union all select 'a', 'young', 'x', '\\x00'::bytea, 200, '{}'::jsonb, now() - interval '25 hours'`)
  expect(await createIdempotencySweep(test.database, systemClock).sweep()).toBe(2500)
  const { rows } = await test.database.pool.query('select key from idempotency_keys')
  expect(rows).toEqual([{ key: 'young' }])
})

it('sweeps by itself and stops when asked', async () => {
  await test.database.pool.query(
    `insert into idempotency_keys (caller, key, operation, request_hash, created_at) values ('a', 'old', 'x', '\\x00', now() - interval '3 days')`,
  )
  const sweep = createIdempotencySweep(test.database, systemClock)
  sweep.start()
  await expect.poll(async () => (await test.database.pool.query('select * from idempotency_keys')).rowCount).toBe(0)
  await sweep.stop()
})
