import { z } from 'zod'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  accounts,
  anonymous,
  callerOf,
  countNotes,
  createNotesDatabase,
  createNotesDispatch,
  metaOf,
  operations,
  recordingLog,
} from '../../../test/support/door.ts'
import type { TestDatabase } from '../../../test/support/database.ts'
import { createCaller, createDispatch, type Dispatch } from './dispatch.ts'
import { Problem } from './problem.ts'
import { createRegistry } from './registry.ts'
import { implement, userOf } from './call.ts'
import { operation, post } from './operation.ts'
import { createMemoryLimiter, type LimitState } from '../limits/limiter.ts'
import { systemClock } from '../clock.ts'
import { newId } from '../ids.ts'

let test: TestDatabase
let dispatch: Dispatch
beforeAll(async () => {
  test = await createNotesDatabase()
})
afterAll(() => test.drop())
beforeEach(async () => {
  await test.database.pool.query('truncate notes, idempotency_keys')
  dispatch = createNotesDispatch(test.database).dispatch
})

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'no problem',
    (error: unknown) => (error instanceof Problem ? error.type.code : `not a problem: ${String(error)}`),
  )
const key = () => newId()

describe('the order of refusals', () => {
  it('turns strangers away before it looks at their input', async () => {
    expect(await codeOf(dispatch('notes.writeNote', { nonsense: true }, metaOf(anonymous)))).toBe('not_signed_in')
    expect(await codeOf(dispatch('notes.deleteNote', {}, metaOf(callerOf('client'))))).toBe('forbidden')
  })

  it('counts a call before it looks at the input, and refuses above the quota with the time to wait', async () => {
    const limited = createNotesDispatch(test.database, { quota: 4 }).dispatch
    const states: LimitState[] = []
    const meta = metaOf(anonymous, { limited: (state) => void states.push(state) })
    expect(await codeOf(limited('notes.shout', { text: 7 }, meta))).toBe('invalid_input')
    const refused = await limited('notes.shout', { text: 'x' }, meta).catch((error: unknown) => error as Problem)
    expect(refused).toMatchObject({ type: { code: 'too_many_requests' }, details: { retryAfter: 30 } })
    expect(states.map(({ remaining }) => remaining)).toEqual([1, 1])
  })

  it('shares one limit among all of a user, and keeps users apart', async () => {
    const limited = createNotesDispatch(test.database, { quota: 3 }).dispatch
    await limited('notes.shout', { text: 'x' }, metaOf(callerOf('client', 'cookie')))
    expect(await codeOf(limited('notes.shout', { text: 'x' }, metaOf(callerOf('client', 'bearer'))))).toBe(
      'too_many_requests',
    )
    expect(await codeOf(limited('notes.shout', { text: 'x' }, metaOf(callerOf('other'))))).toBe('no problem')
  })

  it('asks for the key only once the input is right, and keeps nothing of refused calls', async () => {
    const meta = metaOf(callerOf('client'))
    expect(await codeOf(dispatch(operations.writeNote, { text: '' }, meta))).toBe('invalid_input')
    expect(await codeOf(dispatch(operations.writeNote, { text: 'a' }, meta))).toBe('idempotency_key_missing')
    const { rows } = await test.database.pool.query('select * from idempotency_keys')
    expect(rows).toEqual([])
  })
})

describe('input and output', () => {
  it('points at what is wrong', async () => {
    const problem = await dispatch(
      'notes.shout',
      { text: 'x', extra: 1, mood: { kind: 'loud', decibels: 300 } },
      metaOf(anonymous),
    ).catch((error: unknown) => error as Problem)
    expect((problem as Problem).details.errors?.map(({ pointer }) => pointer).toSorted()).toEqual([
      '/extra',
      '/mood/decibels',
    ])
  })

  it('refuses what PostgreSQL cannot store, whatever the schema allows', async () => {
    const problem = await dispatch('notes.shout', { text: 'a\0b' }, metaOf(anonymous)).catch(
      (error: unknown) => error as Problem,
    )
    expect(problem).toMatchObject({ type: { code: 'invalid_input' }, details: { errors: [{ pointer: '/text' }] } })
  })

  it('strips what the output does not declare', async () => {
    expect((await dispatch('notes.stumble', { how: 'leak' }, metaOf(anonymous))).body).toEqual({ shown: 'yes' })
  })

  it('turns an output that breaks the contract into a fault of ours, logged with the place', async () => {
    const { log, lines } = recordingLog()
    const watched = createNotesDispatch(test.database, { log }).dispatch
    expect(await codeOf(watched('notes.stumble', { how: 'output' }, metaOf(anonymous)))).toBe('internal_error')
    expect(JSON.stringify(lines)).toContain('/shown')
  })

  it('tells nothing of an exception but logs it with its stack', async () => {
    const { log, lines } = recordingLog()
    const watched = createNotesDispatch(test.database, { log }).dispatch
    const problem = await watched('notes.stumble', { how: 'throw' }, metaOf(anonymous)).catch(
      (error: unknown) => error as Problem,
    )
    expect(JSON.stringify(problem)).not.toContain('4711')
    expect(problem).toMatchObject({ type: { code: 'internal_error', status: 500 } })
    expect(lines).toMatchObject([
      { level: 'error', operation: 'notes.stumble', err: { message: 'the vault code is 4711' } },
    ])
    expect((lines[0]?.['err'] as { stack: string }).stack).toContain('door.ts')
  })

  it('says that it is worth trying again when the database went away', async () => {
    const problem = await dispatch('notes.stumble', { how: 'lost' }, metaOf(anonymous)).catch(
      (error: unknown) => error as Problem,
    )
    expect(problem).toMatchObject({ type: { code: 'unavailable', status: 503 }, details: { retryAfter: 2 } })
  })
})

describe('a call from inside the process', () => {
  it('takes the same way, typed by the contract', async () => {
    const call = createCaller(dispatch, metaOf(callerOf('client')))
    const note = await call(operations.writeNote, { text: 'typed' }, { idempotencyKey: key() })
    expect(note.text).toBe('typed')
    expect(await codeOf(call(operations.writeNote, { text: 'typed' }))).toBe('idempotency_key_missing')
  })
})

describe('events', () => {
  it('carry the actor and the request id of the call', async () => {
    const { dispatch: writing, events } = createNotesDispatch(test.database)
    const meta = metaOf(callerOf('client'), { idempotencyKey: key() })
    const { body } = await writing(operations.writeNote, { text: 'known' }, meta)
    const [event] = (await events.read(0, 1_000)).slice(-1)
    expect(event).toMatchObject({
      type: 'note.written',
      actor: accounts.client.id,
      requestId: meta.requestId,
      data: { note: body },
    })
    await events.close()
  })
})

describe('idempotent operations', () => {
  const write = (text: string, idempotencyKey: string, more: object = {}) =>
    dispatch(operations.writeNote, { text, ...more }, metaOf(callerOf('client'), { idempotencyKey }))

  it('answer a repetition with the first answer and do nothing again', async () => {
    const repeated = key()
    const first = await write('once', repeated)
    const second = await write('once', repeated)
    expect(first).toMatchObject({ status: 201, replayed: false })
    expect(second).toEqual({ ...first, replayed: true })
    expect(await countNotes(test.database)).toBe(1)
  })

  it('have one effect however many come at once', async () => {
    const repeated = key()
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => codeOf(write('ten', repeated))))
    expect(outcomes.filter((outcome) => outcome === 'no problem').length).toBeGreaterThanOrEqual(1)
    expect(new Set(outcomes)).toEqual(new Set(['no problem', 'idempotency_key_in_flight']))
    expect(await countNotes(test.database)).toBe(1)
    expect((await write('ten', repeated)).replayed).toBe(true)
  })

  it('treat the same key with another input or for another caller as what it is', async () => {
    const repeated = key()
    await write('one', repeated)
    expect(await codeOf(write('two', repeated))).toBe('idempotency_key_reused')
    const other = await dispatch(
      operations.writeNote,
      { text: 'two' },
      metaOf(callerOf('other'), { idempotencyKey: repeated }),
    )
    expect(other.replayed).toBe(false)
  })

  it('do not care in which order the fields of the input come', async () => {
    const repeated = key()
    await dispatch(
      operations.writeNote,
      { text: 'a', mode: 'plain' },
      metaOf(callerOf('client'), { idempotencyKey: repeated }),
    )
    const again = await dispatch(
      operations.writeNote,
      { mode: 'plain', text: 'a' },
      metaOf(callerOf('client'), { idempotencyKey: repeated }),
    )
    expect(again.replayed).toBe(true)
  })

  it('keep nothing when they fail, so that the key may be tried again', async () => {
    const repeated = key()
    expect(await codeOf(write('again', repeated, { mode: 'before' }))).toBe('internal_error')
    expect(await countNotes(test.database)).toBe(0)
    const { rows } = await test.database.pool.query('select * from idempotency_keys')
    expect(rows).toEqual([])
  })

  it('replay what was committed when the handler failed afterwards', async () => {
    const repeated = key()
    expect(await codeOf(write('late', repeated, { mode: 'after' }))).toBe('internal_error')
    const retried = await write('late', repeated, { mode: 'after' })
    expect(retried).toMatchObject({ status: 201, replayed: true, body: { text: 'late' } })
    expect(await countNotes(test.database)).toBe(1)
  })

  it('report a handler that answers something else than it stored', async () => {
    expect(await codeOf(write('two-faced', key(), { mode: 'return' }))).toBe('internal_error')
  })

  it.each(['', 'with space', 'ä', 'x'.repeat(256)])('refuse the key "%s"', async (bad) => {
    expect(await codeOf(write('a', bad))).toBe(bad === '' ? 'idempotency_key_missing' : 'malformed_request')
  })

  it('are stored even by a handler that makes no transaction', async () => {
    const ring = operation('bells.ring', {
      does: 'Rings.',
      rest: post('/api/rings', 202),
      input: z.strictObject({}),
      output: z.object({ by: z.string() }),
      allows: { client: 'own' },
      idempotent: true,
    })
    let rings = 0
    const registry = createRegistry([
      { operations: implement({ ring }, { ring: async (call) => ({ by: userOf(call).name + String(++rings) }) }) },
    ])
    const { events, database } = { events: createNotesDispatch(test.database).events, database: test.database }
    const ringing = createDispatch({
      registry,
      database,
      events,
      limiter: createMemoryLimiter({ quota: 100, windowSeconds: 60 }, systemClock),
      log: recordingLog().log,
    })
    const meta = metaOf(callerOf('client'), { idempotencyKey: key() })
    await ringing(ring, {}, meta)
    expect(await ringing(ring, {}, meta)).toEqual({ status: 202, body: { by: 'client1' }, replayed: true })
  })
})
