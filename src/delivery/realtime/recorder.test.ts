import { expect, it } from 'vitest'
import type { NodeFigures } from '../../domains/realtime/contract.ts'
import type { RecordBatch } from '../../domains/realtime/records/contract.ts'
import { quiet } from '../../../test/support/database.ts'
import { gone } from './codes.ts'
import { Connection } from './connection.ts'
import type { Reader, Speech, Transport } from './connection.ts'
import { Recorder } from './recorder.ts'

const figures = {} as NodeFigures
const reader: Reader = { userId: 'u', role: 'client', sessionId: 's', issuedAt: 0, expiresAt: 0 }
const connection = () =>
  new Connection({
    id: 'c',
    speech: { protocol: 'plain' } as Speech,
    transport: {} as Transport,
    address: '192.0.2.1',
    userAgent: null,
    now: 0,
  })

it('keeps what the database does not take, but not without end, and counts what it left out', async () => {
  const written: RecordBatch[] = []
  let away = true
  const recorder = new Recorder({
    node: { id: 'n', name: 'n', startedAt: new Date(0) },
    write: (batch) => (away ? Promise.reject(new Error('away')) : Promise.resolve(void written.push(batch))),
    now: () => new Date(0),
    log: quiet,
  })
  const one = connection()
  recorder.opened(one, reader)
  await recorder.hand(figures)
  for (let n = 0; n < 50_003; n++) recorder.opened(one, reader)
  for (let n = 0; n < 50_002; n++) recorder.closed(one, reader, gone)
  expect(recorder.totals.unrecorded).toBe(5)
  away = false
  await recorder.hand(figures)
  await recorder.hand(figures)
  expect(written.map(({ opened, closed }) => [opened.length, closed.length])).toEqual([
    [1, 0],
    [50_000, 50_000],
  ])
})
