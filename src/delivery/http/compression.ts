// Compresses texts that are worth it, on the thread pool.
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

export type Encoding = 'br' | 'gzip'
const brotli = promisify(brotliCompress)
const deflate = promisify(gzip)
/** Characters from which a text is worth it. */
export const WORTH_IT = 1024

/** The best of ours that an `Accept-Encoding` takes; null for none. */
export function acceptedEncoding(header: string | null): Encoding | null {
  if (header === null) return null
  const refused = (part: string) => /;\s*q=0(\.0*)?\s*$/.test(part)
  const accepted = new Set(
    header
      .toLowerCase()
      .split(',')
      .filter((part) => !refused(part))
      .map((part) => part.split(';', 1)[0]?.trim()),
  )
  return accepted.has('br') ? 'br' : accepted.has('gzip') ? 'gzip' : null
}

/** Answers are made once and read by few: quick levels. */
export function compressed(text: string, encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> {
  return encoding === 'br'
    ? brotli(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })
    : deflate(text, { level: 5 })
}
