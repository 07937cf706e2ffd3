// Secrets of the installation (signing key, sandbox key): kept in the database, sealed with a master key that is not in it.
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { seal, unseal } from './crypto.ts'
import type { Database } from './database.ts'

declare module './database.ts' {
  interface Tables {
    secrets: { name: string; value: Buffer }
  }
}

/** The 32-byte master key: given in base64, or kept in a file that only the owner reads and that is made at first use. */
export async function masterKey(given: string | null, file: string): Promise<Buffer> {
  if (given !== null) return Buffer.from(given, 'base64')
  await mkdir(dirname(file), { recursive: true })
  if (!existsSync(file)) await makeKey(file)
  const key = Buffer.from(await readFile(file, 'utf8'), 'base64')
  if (key.length !== 32)
    throw new Error(`${file} does not hold a 32-byte key in base64; put the right file back, or set MASTER_KEY`)
  return key
}

/** Written aside and linked into place, so that nobody ever reads half a key; of several at once, the first one's stays. */
async function makeKey(file: string): Promise<void> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  const handle = await open(draft, 'wx', 0o600)
  await handle.writeFile(randomBytes(32).toString('base64'))
  await handle.sync()
  await handle.close()
  await link(draft, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await unlink(draft)
}

/** The secret of that name, made by `make` the first time; whichever process is first wins, all get the same. */
export async function secret(
  database: Database,
  key: Buffer,
  name: string,
  make: () => Promise<string> | string,
): Promise<string> {
  const found = await find(database, key, name)
  if (found !== null) return found
  const value = seal(key, Buffer.from(await make(), 'utf8'), name)
  await database.db
    .insertInto('secrets')
    .values({ name, value })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const kept = await find(database, key, name)
  if (kept === null) throw new Error(`the secret ${name} could not be kept`)
  return kept
}

async function find(database: Database, key: Buffer, name: string): Promise<string | null> {
  const row = await database.db.selectFrom('secrets').select('value').where('name', '=', name).executeTakeFirst()
  if (!row) return null
  try {
    return unseal(key, row.value, name).toString('utf8')
  } catch {
    throw new Error(
      `The secret "${name}" in the database was sealed with another master key: put the old master.key back into DATA_DIR, or set MASTER_KEY to its content.`,
    )
  }
}
