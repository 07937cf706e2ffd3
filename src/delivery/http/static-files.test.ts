import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createNotesApp, createNotesDatabase } from '../../../test/support/door.ts'
import type { TestDatabase } from '../../../test/support/database.ts'
import { createStaticFiles } from './static-files.ts'

let test: TestDatabase
let folder: string
let app: ReturnType<typeof createNotesApp>['app']
const SCRIPT = 'console.log(1)\n'.repeat(100)

beforeAll(async () => {
  test = await createNotesDatabase()
  folder = mkdtempSync(join(tmpdir(), 'jasaweb-files-'))
  const built = join(folder, 'client')
  const open = join(folder, 'public')
  mkdirSync(join(built, 'assets'), { recursive: true })
  mkdirSync(join(open, 'templates'), { recursive: true })
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  writeFileSync(join(built, 'assets', 'app-1a2b.js'), SCRIPT)
  writeFileSync(join(built, 'assets', 'app-1a2b.js.br'), brotliCompressSync(SCRIPT))
  writeFileSync(join(open, 'logo.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  writeFileSync(join(open, 'templates', 'kopi senja.webp'), Buffer.alloc(600_000, 1))
  writeFileSync(join(open, '.env'), 'secret')
  symlinkSync(join(folder, 'secret.txt'), join(open, 'link.txt'))
  const shared = join(folder, 'shared')
  mkdirSync(shared)
  writeFileSync(join(shared, 'jasaweb.0123abcd.js'), SCRIPT)
  writeFileSync(join(shared, 'jasaweb.0123abcd.js.gz'), gzipSync(SCRIPT))
  writeFileSync(join(shared, 'jasaweb.4567cdef.mjs'), SCRIPT)
  writeFileSync(join(shared, '.stamp'), 'secret')
  const files = createStaticFiles([built, open, join(folder, 'missing')], shared)
  app = createNotesApp(test.database, { files, pages: { handle: async () => new Response('a page') } }).app
})
afterAll(async () => {
  await test.drop()
  rmSync(folder, { recursive: true, force: true })
})

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  app.request(`http://jasaweb.test${path}`, { method, headers })

it('serves files with their type, and built ones for ever', async () => {
  const script = await get('/assets/app-1a2b.js')
  expect(await script.text()).toBe(SCRIPT)
  expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  const logo = await get('/logo.svg')
  expect([logo.headers.get('content-type'), logo.headers.get('cache-control')]).toEqual([
    'image/svg+xml',
    'public, max-age=3600',
  ])
  expect(logo.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(logo.headers.get('x-content-type-options')).toBe('nosniff')
  const picture = await get('/templates/kopi%20senja.webp')
  expect((await picture.arrayBuffer()).byteLength).toBe(600_000)
})

it('sends what is compressed already to those who take it', async () => {
  const packed = await get('/assets/app-1a2b.js', { 'accept-encoding': 'gzip, br' })
  expect([packed.headers.get('content-encoding'), packed.headers.get('vary')]).toEqual(['br', 'Accept-Encoding'])
  expect(Buffer.from(await packed.arrayBuffer()).equals(brotliCompressSync(SCRIPT))).toBe(true)
  expect((await get('/assets/app-1a2b.js', { 'accept-encoding': 'gzip' })).headers.get('content-encoding')).toBeNull()
  expect((await get('/logo.svg', { 'accept-encoding': 'br' })).headers.get('content-encoding')).toBeNull()
})

it('sends nothing to those who have it', async () => {
  const tag = (await get('/logo.svg')).headers.get('etag') ?? ''
  const again = await get('/logo.svg', { 'if-none-match': tag })
  expect([again.status, await again.text()]).toEqual([304, ''])
})

it('lets every site load what is shared, under a name that never changes its meaning', async () => {
  const named = await get('/client/jasaweb.js')
  expect([named.status, named.headers.get('location'), named.headers.get('cache-control')]).toEqual([
    302,
    '/client/jasaweb.0123abcd.js',
    'no-cache',
  ])
  expect((await get('/client/jasaweb.mjs')).headers.get('location')).toBe('/client/jasaweb.4567cdef.mjs')
  const file = await get('/client/jasaweb.0123abcd.js', { 'accept-encoding': 'gzip', origin: 'https://other.test' })
  expect(Buffer.from(await file.arrayBuffer()).equals(gzipSync(SCRIPT))).toBe(true)
  expect(Object.fromEntries(file.headers)).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'content-encoding': 'gzip',
    'cache-control': 'public, max-age=31536000, immutable',
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    vary: 'Accept-Encoding',
  })
  const again = await get('/client/jasaweb.0123abcd.js', { 'if-none-match': file.headers.get('etag') ?? '' })
  expect([again.status, again.headers.get('access-control-allow-origin')]).toEqual([304, '*'])
  const own = await get('/logo.svg')
  expect([own.headers.get('access-control-allow-origin'), own.headers.get('cross-origin-resource-policy')]).toEqual([
    null,
    'same-origin',
  ])
})

it('answers HEAD without the content', async () => {
  const head = await get('/logo.svg', {}, 'HEAD')
  expect([head.status, await head.text(), head.headers.get('content-type')]).toEqual([200, '', 'image/svg+xml'])
})

it.each([
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/templates/..%2f..%2fsecret.txt',
  '/assets/..%5c..%5csecret.txt',
  '/link.txt',
  '/.env',
  '/%00',
  '/assets',
  '/assets/',
  '/client',
  '/client/',
  '/client/.stamp',
  '/client/jasaweb.00000000.js',
])('has nothing to give for %s', async (path) => {
  expect(await (await get(path)).text()).toBe('a page')
})
