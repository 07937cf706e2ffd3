// Files that people hand in, kept in one folder. What a file is, its first bytes say, never its sender; what it is called, we
// say. A name appears only over a complete file: it is written aside, made durable and then renamed, so that a process that
// is killed leaves at most a `.part`, which a later one clears away.
import { mkdir, open, readFile, readdir, rename, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from './clock.ts'
import { newId } from './ids.ts'

/** Bytes. */
export const FILE_LIMIT = 2 * 1024 * 1024
const ABANDONED_MS = 60 * 60 * 1000

const KINDS = {
  webp: { ending: 'webp', type: 'image/webp', is: (bytes: Buffer) => says(bytes, 0, 'RIFF') && says(bytes, 8, 'WEBP') },
  png: { ending: 'png', type: 'image/png', is: (bytes: Buffer) => says(bytes, 0, '\x89PNG\r\n\x1a\n') },
  jpeg: { ending: 'jpg', type: 'image/jpeg', is: (bytes: Buffer) => says(bytes, 0, '\xff\xd8\xff') },
} as const
export type FileKind = keyof typeof KINDS

// The whole grammar of our names; a path separator or a leading dot is not in it.
const NAME = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}(?:-[0-9a-z]{1,20})?\.(webp|png|jpg)$/
const LABEL = /^[0-9a-z]{1,20}$/

export type RefusedFor = 'empty' | 'too_large' | 'unknown_kind'
/** The bytes are not what may be kept. */
export class FileRefused extends Error {
  readonly reason: RefusedFor
  constructor(reason: RefusedFor) {
    super(`The file is refused: ${reason}`)
    this.name = 'FileRefused'
    this.reason = reason
  }
}

export interface StoredFile {
  bytes: Uint8Array<ArrayBuffer>
  /** The media type. */
  type: string
}

export interface Files {
  /**
   * Keeps the bytes and gives their name, `<UUIDv7>[-<label>].<ending>`, once they are durable. The label (1 to 20 lower-case
   * letters and digits) is for what the name shall tell of the content. Throws `FileRefused`.
   */
  save(bytes: Uint8Array, kinds: readonly FileKind[], label?: string): Promise<string>
  /** The file of a name that `save` gave; null for any other. */
  read(name: string): Promise<StoredFile | null>
  /** Forgets the file; silent when there is none. */
  remove(name: string): Promise<void>
}

/** The folder is made, for its owner alone, when the first file comes. */
export function openFiles({ folder, clock }: { folder: string; clock: Clock }): Files {
  let prepared: Promise<void> | undefined
  async function prepare(): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await clearAbandoned(folder, clock.now().getTime())
  }
  const ready = () =>
    (prepared ??= prepare().catch((error: unknown) => {
      prepared = undefined
      throw error
    }))

  return {
    async save(bytes, kinds, label) {
      if (label !== undefined && !LABEL.test(label)) throw new Error(`"${label}" cannot be part of a file's name`)
      const kind = KINDS[kindOf(bytes, kinds)]
      await ready()
      const name = `${newId(clock)}${label === undefined ? '' : `-${label}`}.${kind.ending}`
      await writeDurably(folder, name, bytes)
      return name
    },
    async read(name) {
      const ending = NAME.exec(name)?.[1]
      const kind = Object.values(KINDS).find((each) => each.ending === ending)
      if (!kind) return null
      const bytes = await readFile(join(folder, name)).catch(unlessMissing)
      return bytes ? { bytes, type: kind.type } : null
    },
    async remove(name) {
      if (NAME.test(name)) await unlink(join(folder, name)).catch(unlessMissing)
    },
  }
}

function kindOf(bytes: Uint8Array, kinds: readonly FileKind[]): FileKind {
  if (bytes.byteLength === 0) throw new FileRefused('empty')
  if (bytes.byteLength > FILE_LIMIT) throw new FileRefused('too_large')
  const start = Buffer.from(bytes.subarray(0, 16))
  const kind = kinds.find((each) => KINDS[each].is(start))
  if (!kind) throw new FileRefused('unknown_kind')
  return kind
}

const says = (bytes: Buffer, at: number, text: string) => bytes.toString('latin1', at, at + text.length) === text

async function writeDurably(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const aside = join(folder, `${name}.part`)
  try {
    const file = await open(aside, 'wx', 0o600)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(aside, join(folder, name))
  } catch (error) {
    await unlink(aside).catch(() => undefined)
    throw error
  }
  // The name, too, must survive a loss of power.
  const directory = await open(folder, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}

// Another process may be writing one of them just now, so only the old ones go.
async function clearAbandoned(folder: string, now: number): Promise<void> {
  for (const name of (await readdir(folder)).filter((each) => each.endsWith('.part'))) {
    const path = join(folder, name)
    const found = await stat(path).catch(unlessMissing)
    if (found && now - found.mtimeMs > ABANDONED_MS) await unlink(path).catch(unlessMissing)
  }
}

function unlessMissing(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
  throw error
}
