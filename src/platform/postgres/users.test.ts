import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { countUsers, joinUsers } from './users.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'users-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('users are counted while they stay, and each sees whether there are others', () => {
  const first = joinUsers(folder)
  expect(first.others()).toBe(false)
  const second = joinUsers(folder)
  expect([first.others(), second.others(), countUsers(folder)]).toEqual([true, true, 2])
  second.leave()
  expect([first.others(), countUsers(folder)]).toEqual([false, 1])
  first.leave()
  expect(readdirSync(folder)).toEqual([])
})

test('a user killed with SIGKILL is no longer counted, and its file is removed', async () => {
  const program = `import { joinUsers } from ${JSON.stringify(new URL('users.ts', import.meta.url).href)}
    globalThis.membership = joinUsers(${JSON.stringify(folder)})
    console.log('joined')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  expect(countUsers(folder)).toBe(1)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(countUsers(folder)).toBe(0)
  expect(readdirSync(folder)).toEqual([])
})

test('a file whose process id now belongs to a living process counts for nothing by itself', () => {
  writeFileSync(join(folder, `${process.pid}-0190b3a4-0000-7000-8000-000000000000`), '')
  expect(countUsers(folder)).toBe(0)
})

test('files of other kinds are left alone', () => {
  writeFileSync(join(folder, 'README'), 'not a lock')
  expect(countUsers(folder)).toBe(0)
  expect(readdirSync(folder)).toEqual(['README'])
})
