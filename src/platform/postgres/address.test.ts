import { chmodSync, mkdtempSync, realpathSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { acceptsConnections, chooseAddress, connectionUrl, fitsSocket, loopback, shortFolder } from './address.ts'

let folder: string
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'address-')))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('the socket lies in the data folder when its path is short enough, in a short folder of its own otherwise', async () => {
  expect(await chooseAddress(folder, undefined)).toEqual({ socketFolder: folder, port: 5432 })
  const long = join(folder, 'x'.repeat(120))
  const { socketFolder = '' } = await chooseAddress(long, undefined)
  expect(socketFolder).not.toContain('x'.repeat(120))
  expect(fitsSocket(socketFolder)).toBe(true)
  expect(statSync(socketFolder).mode & 0o777).toBe(0o700)
  rmSync(socketFolder, { recursive: true })
})

test('the short folder is the same each time, but never one that others may enter or have put a link in place of', () => {
  const first = shortFolder(folder, '/a/cluster', undefined)
  expect(shortFolder(folder, '/a/cluster', undefined)).toBe(first)
  expect(shortFolder(folder, '/b/cluster', undefined)).not.toBe(first)
  chmodSync(first, 0o755)
  const second = shortFolder(folder, '/a/cluster', undefined)
  expect(second).not.toBe(first)
  rmSync(first, { recursive: true })
  symlinkSync(second, first)
  expect([first, second]).not.toContain(shortFolder(folder, '/a/cluster', undefined))
})

test('node-postgres reads back exactly what a URL was made of, whatever the characters', () => {
  const name = fc.string({ unit: 'grapheme-ascii', minLength: 1 })
  fc.assert(
    fc.property(name, fc.string({ minLength: 1 }), (password, path) => {
      const socketFolder = `/${path.replaceAll('\0', '')}`
      const url = connectionUrl({ socketFolder, port: 5432 }, 'jasaweb', password, 'shop')
      const client = new pg.Client({ connectionString: url })
      expect([client.host, client.port, client.user, client.password, client.database]).toEqual([
        socketFolder,
        5432,
        'jasaweb',
        password,
        'shop',
      ])
    }),
  )
})

test('a loopback address names a port that is free', async () => {
  const address = await loopback()
  expect(address.socketFolder).toBeUndefined()
  const server = createServer()
  await new Promise<void>((done, fail) => server.once('error', fail).listen(address.port, '127.0.0.1', done))
  server.close()
  expect(connectionUrl(address, 'u', 'p', 'd')).toBe(`postgresql://u:p@127.0.0.1:${address.port}/d`)
})

test('a socket is known to be listened on, or not', async () => {
  const path = join(folder, 's')
  expect(await acceptsConnections(path)).toBe(false)
  const server = createServer()
  await new Promise<void>((done) => server.listen(path, done))
  expect(await acceptsConnections(path)).toBe(true)
  await new Promise((done) => server.close(done))
  expect(await acceptsConnections(path)).toBe(false)
})
