import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { systemClock } from './clock.ts'
import { FILE_LIMIT, openFiles } from './files.ts'
import type { Files } from './files.ts'

let parent: string
let folder: string
let files: Files
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'jasaweb-files-'))
  folder = join(parent, 'files')
  files = openFiles({ folder, clock: systemClock })
})
afterEach(() => rm(parent, { recursive: true }))

const webp = await readFile(new URL('../../public/templates/karsa-small.webp', import.meta.url))
const png = await readFile(new URL('../../public/apple-touch-icon.png', import.meta.url))

it('keeps a file under a name of its own making, for its owner alone, and gives the same bytes back', async () => {
  const name = await files.save(webp, ['webp', 'png'], '640x480')
  expect(name).toMatch(/^[0-9a-f-]{36}-640x480\.webp$/)
  const file = await files.read(name)
  expect(file?.type).toBe('image/webp')
  expect(Buffer.from(file?.bytes ?? []).equals(webp)).toBe(true)
  expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600)
  expect(await files.save(webp, ['webp'])).not.toBe(name)
})
it('believes the bytes and not the sender about the kind', async () => {
  expect(await files.save(png, ['webp', 'png', 'jpeg'])).toMatch(/\.png$/)
  await expect(files.save(png, ['webp'])).rejects.toMatchObject({ reason: 'unknown_kind' })
  await expect(files.save(Buffer.from('<svg onload=alert(1)>'), ['webp', 'png', 'jpeg'])).rejects.toMatchObject({
    reason: 'unknown_kind',
  })
  await expect(files.save(new Uint8Array(0), ['png'])).rejects.toMatchObject({ reason: 'empty' })
  const large = Buffer.concat([png, Buffer.alloc(FILE_LIMIT)])
  await expect(files.save(large, ['png'])).rejects.toMatchObject({ reason: 'too_large' })
  expect(await readdir(folder)).toHaveLength(1)
})
it('reads nothing but what it has named, whatever is asked for', async () => {
  const name = await files.save(png, ['png'])
  await writeFile(join(parent, 'secret.png'), png)
  for (const asked of [
    '../secret.png',
    `../files/${name}`,
    `./${name}`,
    `${name}/`,
    name.toUpperCase(),
    `${name}\0`,
    '',
    '.',
    '..',
  ]) {
    expect(await files.read(asked), asked).toBeNull()
  }
  await fc.assert(
    fc.asyncProperty(fc.string(), async (asked) => {
      expect(await files.read(asked)).toBeNull()
    }),
  )
})
it('forgets a file, and is silent about one that is not there', async () => {
  const name = await files.save(png, ['png'])
  await files.remove(name)
  await files.remove(name)
  await files.remove('../secret.png')
  expect(await files.read(name)).toBeNull()
})
it('clears away what a killed process left half written, but not what another is writing now', async () => {
  await files.save(png, ['png'])
  for (const left of ['old.part', 'new.part']) await writeFile(join(folder, left), 'half')
  const longAgo = new Date(Date.now() - 2 * 3_600_000)
  await utimes(join(folder, 'old.part'), longAgo, longAgo)
  await openFiles({ folder, clock: systemClock }).save(png, ['png'])
  const names = await readdir(folder)
  expect(names).toContain('new.part')
  expect(names).not.toContain('old.part')
  expect(names.filter((name) => name.endsWith('.png'))).toHaveLength(2)
})
