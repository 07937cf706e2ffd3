// Public pages are the same for every anonymous reader of a language and theme. They are rendered once, compressed once, and
// then answered from memory: a hit touches neither React nor the database.
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

type Encoding = 'br' | 'gzip' | 'identity'
interface Kept {
  bodies: Partial<Record<Encoding, Buffer>>
  tag: string
  headers: [string, string][]
  madeAt: number
}

export interface PageCacheOptions {
  /** Milliseconds; monotonic is fine. */
  now(): number
  /** How old an answer may become, in milliseconds. A change of the content makes it go at once. */
  maxAge?: number
  maxEntries?: number
}

export interface PageCache {
  /** Answers from memory, or renders (once, however many wait), and keeps what is marked public. */
  answer(key: string, request: Request, render: () => Promise<Response>): Promise<Response>
  /** Forgets everything; what is being rendered is still answered but not kept. */
  invalidate(): void
}

const compress: Record<'br' | 'gzip', (body: Buffer) => Promise<Buffer>> = {
  br: (body) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }),
  gzip: (body) => promisify(gzip)(body, { level: 7 }),
}

export function createPageCache({ now, maxAge = 60_000, maxEntries = 300 }: PageCacheOptions): PageCache {
  let generation = 0
  const kept = new Map<string, Kept>()
  const rendering = new Map<string, Promise<Kept | Response>>()

  async function keep(key: string, render: () => Promise<Response>): Promise<Kept | Response> {
    const started = generation
    const response = await render()
    if (!mayBeKept(response)) return response
    const body = Buffer.from(await response.arrayBuffer())
    const [br, gz] = await Promise.all([compress.br(body), compress.gzip(body)])
    const entry: Kept = {
      bodies: { identity: body, br, gzip: gz },
      tag: createHash('sha256').update(body).digest('base64url').slice(0, 22),
      headers: [...response.headers].filter(([name]) => name !== 'content-length'),
      madeAt: now(),
    }
    if (started === generation) {
      if (kept.size >= maxEntries) kept.delete(kept.keys().next().value!)
      kept.set(key, entry)
    }
    return entry
  }

  return {
    async answer(key, request, render) {
      const known = kept.get(key)
      if (known && now() - known.madeAt < maxAge) return respond(known, request)
      let running = rendering.get(key)
      if (!running) {
        running = keep(key, render).finally(() => rendering.delete(key))
        rendering.set(key, running)
      }
      const result = await running
      return result instanceof Response ? result.clone() : respond(result, request)
    },
    invalidate() {
      generation++
      kept.clear()
      rendering.clear()
    },
  }
}

function mayBeKept(response: Response): boolean {
  return (
    response.status === 200 &&
    response.body !== null &&
    !response.headers.has('set-cookie') &&
    (response.headers.get('cache-control') ?? '').startsWith('public')
  )
}

function respond(entry: Kept, request: Request): Response {
  const encoding = bestEncoding(request.headers.get('accept-encoding'))
  const etag = encoding === 'identity' ? `"${entry.tag}"` : `"${entry.tag}-${encoding}"`
  const headers = new Headers(entry.headers)
  headers.set('etag', etag)
  headers.append('vary', 'Accept-Encoding')
  if (matches(request.headers.get('if-none-match'), entry.tag)) return new Response(null, { status: 304, headers })
  if (encoding !== 'identity') headers.set('content-encoding', encoding)
  const body = entry.bodies[encoding]!
  headers.set('content-length', String(body.length))
  return new Response(
    request.method === 'HEAD' ? null : new Uint8Array(body.buffer as ArrayBuffer, body.byteOffset, body.length),
    { headers },
  )
}

/** Any encoding of the same page is the same page. */
function matches(ifNoneMatch: string | null, tag: string): boolean {
  if (!ifNoneMatch) return false
  return ifNoneMatch.trim() === '*' || ifNoneMatch.includes(`"${tag}"`) || ifNoneMatch.includes(`"${tag}-`)
}

function bestEncoding(accept: string | null): Encoding {
  if (!accept) return 'identity'
  const takes = (name: string) =>
    new RegExp(`(^|[,\\s])${name}(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))\\s*([,;]|$)`, 'i').test(accept)
  return takes('br') ? 'br' : takes('gzip') ? 'gzip' : 'identity'
}
