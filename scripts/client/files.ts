// Lays the client where the HTTP door serves it from: names that change with their content, compressed beforehand.
import { createHash } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { bundle, outputs } from './bundle.ts'

export async function writeFiles(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const [ending, output] of [
    ['js', outputs.script],
    ['mjs', outputs.index],
  ] as const) {
    const text = await bundle(output)
    const hash = createHash('sha256').update(text).digest('hex').slice(0, 8)
    const path = `${folder}/jasaweb.${hash}.${ending}`
    writeFileSync(path, text)
    writeFileSync(`${path}.br`, brotliCompressSync(text))
    writeFileSync(`${path}.gz`, gzipSync(text, { level: 9 }))
  }
}

if (import.meta.main) await writeFiles(fileURLToPath(new URL('../../build/client-sdk', import.meta.url)))
