import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'

// The script runs on old Nodes without a build, so it is tried as other processes see it.
const lock = new URL('lock.js', import.meta.url).href
let folder: string
let children: ChildProcess[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jasaweb-lock-'))
  children = []
})
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

function start(program: string): ChildProcess {
  const header = `import { withLock } from ${JSON.stringify(lock)}; import { readFileSync, writeFileSync } from 'node:fs';`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', header + program], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  return child
}

it('lets one process at a time do its work', async () => {
  writeFileSync(join(folder, 'count'), '0')
  const program = `
    for (let i = 0; i < 20; i++) await withLock('work.lock', async () => {
      const count = Number(readFileSync('count', 'utf8'))
      await new Promise((later) => setTimeout(later, 1))
      writeFileSync('count', String(count + 1))
    })`
  const codes = await Promise.all(Array.from({ length: 3 }, () => once(start(program), 'exit')))
  expect(codes.map(([code]) => code as number)).toEqual([0, 0, 0])
  expect(readFileSync(join(folder, 'count'), 'utf8')).toBe('60')
})

it('goes on when the holder was killed', async () => {
  const holder = start(
    `await withLock('work.lock', async () => { console.log('held'); await new Promise((r) => setTimeout(r, 60_000)) })`,
  )
  await once(holder.stdout!, 'data')
  holder.kill('SIGKILL')
  const next = start(`await withLock('work.lock', async () => console.log('mine'))`)
  const [said] = (await once(next.stdout!, 'data')) as [Buffer]
  expect(said.toString()).toBe('mine\n')
})

it('frees the lock when the work fails', async () => {
  const program = `
    await withLock('work.lock', async () => { throw new Error('no') }).catch(() => {})
    await withLock('work.lock', async () => console.log('again'))`
  const [said] = (await once(start(program).stdout!, 'data')) as [Buffer]
  expect(said.toString()).toBe('again\n')
})

it('tells who is waited for, once', async () => {
  const holder = start(
    `await withLock('work.lock', async () => { console.log('held'); await new Promise((r) => setTimeout(r, 400)) })`,
  )
  await once(holder.stdout!, 'data')
  const waiter = start(`await withLock('work.lock', async () => {}, (pid) => console.log(pid))`)
  let said = ''
  waiter.stdout!.on('data', (chunk) => (said += String(chunk)))
  await once(waiter, 'close')
  expect(said).toBe(`${holder.pid}\n`)
})
