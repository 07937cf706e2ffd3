import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { boundLog, logTail } from './server-log.ts'

function logFile() {
  const folder = mkdtempSync(join(tmpdir(), 'server-log-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'postgres.log')
}

test('a log beyond its limit moves aside, and who appends to it goes on at its beginning', () => {
  const path = logFile()
  const writer = openSync(path, 'a')
  onTestFinished(() => closeSync(writer))
  writeSync(writer, 'x'.repeat(101))
  boundLog(path, 100)
  writeSync(writer, 'next')
  expect(readFileSync(path, 'utf8')).toBe('next')
  expect(statSync(`${path}.1`).size).toBe(101)
})

test('a log within its limit, or none, is left alone', () => {
  const path = logFile()
  boundLog(path, 100)
  writeFileSync(path, 'x'.repeat(100))
  boundLog(path, 100)
  expect(statSync(path).size).toBe(100)
  expect(() => statSync(`${path}.1`)).toThrow('ENOENT')
})

test('the tail is the last lines since a point, also when the log was emptied after it', () => {
  const path = logFile()
  expect(logTail(path, 0)).toBe('')
  writeFileSync(path, 'old\nnew 1\nnew 2\n')
  expect(logTail(path, 4)).toBe('new 1\nnew 2')
  expect(logTail(path, 0, 1)).toBe('new 2')
  expect(logTail(path, 999)).toBe('old\nnew 1\nnew 2')
  writeFileSync(path, `${'x'.repeat(20_000)}\nend\n`)
  expect(logTail(path, 0).endsWith('\nend')).toBe(true)
})
