// Compresses texts that are worth it, on the thread pool.
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

export type Encoding = 'br' | 'gzip'
const brotli = promisify(brotliCompress)
const deflate = promisify(gzip)
const WORTH_IT = 1024

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

export async function compressed(
  text: string,
  accept: string | null,
): Promise<{ encoding: Encoding; bytes: Uint8Array<ArrayBuffer> } | null> {
  if (text.length < WORTH_IT) return null
  const encoding = acceptedEncoding(accept)
  if (!encoding) return null
  // Answers are made once and read once: quick levels.
  const bytes =
    encoding === 'br'
      ? await brotli(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })
      : await deflate(text, { level: 5 })
  return { encoding, bytes: bytes }
}
