import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lock, tryLock } from './file-lock.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'file-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Another process that holds the lock of the file until it is killed. */
async function holder(path: string) {
  const program = `import { tryLock } from ${JSON.stringify(new URL('file-lock.ts', import.meta.url).href)}
    globalThis.held = tryLock(${JSON.stringify(path)})
    console.log(globalThis.held ? 'held' : 'refused')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said] = (await once(child.stdout, 'data')) as [Buffer]
  return { child, said: said.toString().trim() }
}

test('a lock is held once, also within one process, and free again after release', () => {
  const path = join(folder, 'a.lock')
  const first = tryLock(path)
  expect(first).not.toBeNull()
  expect(tryLock(path)).toBeNull()
  first?.release()
  first?.release()
  const second = tryLock(path)
  expect(second).not.toBeNull()
  second?.release()
})

test('a lock held by another process is refused, and free the moment that process is killed', async () => {
  const path = join(folder, 'a.lock')
  const { child, said } = await holder(path)
  expect(said).toBe('held')
  expect(tryLock(path)).toBeNull()
  child.kill('SIGKILL')
  const taken = await lock(path)
  taken.release()
})

test('a lock in a folder that is absent is an error, not a refusal', () => {
  expect(() => tryLock(join(folder, 'absent', 'a.lock'))).toThrow('unable to open')
})

test.skipIf(process.getuid?.() === 0)('a file that may only be read is an error, since it would lock nothing', () => {
  const path = join(folder, 'a.lock')
  tryLock(path)?.release()
  chmodSync(path, 0o444)
  expect(() => tryLock(path)).toThrow('EACCES')
})

test('waiting for a lock ends when it is called off', async () => {
  const path = join(folder, 'a.lock')
  const held = tryLock(path)
  const waiting = new AbortController()
  const refused = lock(path, waiting.signal)
  waiting.abort(new Error('enough'))
  await expect(refused).rejects.toThrow('enough')
  held?.release()
})

test('of many that want the lock at once, one at a time has it', async () => {
  const path = join(folder, 'a.lock')
  let inside = 0
  let most = 0
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      const held = await lock(path)
      inside += 1
      most = Math.max(most, inside)
      await new Promise((done) => setImmediate(done))
      inside -= 1
      held.release()
    }),
  )
  expect(most).toBe(1)
})
