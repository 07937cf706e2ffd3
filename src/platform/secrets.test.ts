import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase } from '../../test/support/database.ts'
import type { TestDatabase } from '../../test/support/database.ts'
import { seal, unseal } from './crypto.ts'
import { masterKey, secret } from './secrets.ts'

let test: TestDatabase
let folder: string
beforeAll(async () => {
  test = await createTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'jasaweb-secrets-'))
})
afterAll(async () => {
  await test.drop()
  await rm(folder, { recursive: true })
})

it('makes one master key for all who start at once, readable by its owner alone', async () => {
  const file = join(folder, 'new', 'master.key')
  const keys = await Promise.all(Array.from({ length: 8 }, () => masterKey(null, file)))
  expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect((await readFile(file, 'utf8')).length).toBe(44)
})
it('gives every process the same secret, kept sealed', async () => {
  const key = await masterKey(null, join(folder, 'a.key'))
  let made = 0
  const values = await Promise.all(
    Array.from({ length: 5 }, () => secret(test.database, key, 'same', () => `rahasia-${++made}`)),
  )
  expect(new Set(values).size).toBe(1)
  const row = await test.database.db
    .selectFrom('secrets')
    .selectAll()
    .where('name', '=', 'same')
    .executeTakeFirstOrThrow()
  expect(row.value.toString('latin1')).not.toContain('rahasia')
  const wrong = await masterKey(null, join(folder, 'b.key'))
  await expect(secret(test.database, wrong, 'same', () => 'x')).rejects.toThrow(/another master key/)
})
it('refuses a sealed value that was moved or altered', () => {
  const key = Buffer.alloc(32, 7)
  const sealed = seal(key, Buffer.from('isi'), 'here')
  expect(unseal(key, sealed, 'here').toString()).toBe('isi')
  expect(() => unseal(key, sealed, 'there')).toThrow()
  sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1
  expect(() => unseal(key, sealed, 'here')).toThrow()
})
