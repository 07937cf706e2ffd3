// Public pages are the same for every anonymous reader of a language and theme. They are rendered once, compressed once, and
// then answered from memory: a hit touches neither React nor the database.
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { acceptedEncoding, type Encoding } from './compression.ts'
import { matchesEntityTag } from './entity-tag.ts'

interface Kept {
  bodies: Record<Encoding | 'identity', Uint8Array<ArrayBuffer>>
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

const compress: Record<Encoding, (body: Buffer) => Promise<Buffer>> = {
  br: (body) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }),
  gzip: (body) => promisify(gzip)(body, { level: 7 }),
}

export function createPageCache({ now, maxAge = 60_000, maxEntries = 300 }: PageCacheOptions): PageCache {
  let generation = 0
  const kept = new Map<string, Kept>()
  const rendering = new Map<string, Promise<Kept | null>>()
  /** Keys whose last answer could not be kept: nobody waits for another's rendering of them. */
  const personal = new Set<string>()

  async function keep(key: string, response: Response, started: number): Promise<Kept> {
    const body = Buffer.from(await response.arrayBuffer())
    const [br, gz] = await Promise.all([compress.br(body), compress.gzip(body)])
    const entry: Kept = {
      bodies: { identity: new Uint8Array(body), br: new Uint8Array(br), gzip: new Uint8Array(gz) },
      tag: `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
      headers: [...response.headers].filter(([name]) => name !== 'content-length'),
      madeAt: now(),
    }
    if (started === generation) {
      const [oldest] = kept.keys()
      if (oldest !== undefined && kept.size >= maxEntries) kept.delete(oldest)
      kept.set(key, entry)
    }
    return entry
  }

  return {
    async answer(key, request, render) {
      const known = kept.get(key)
      if (known && now() - known.madeAt < maxAge) return respond(known, request)
      const running = rendering.get(key)
      // A page that turns out to be private was made for the one who asked: the others get their own.
      if (running) return running.then((entry) => (entry ? respond(entry, request) : render()))
      let own: Response | undefined
      const started = generation
      const made = render().then((response) => {
        if (mayBeKept(response)) {
          personal.delete(key)
          return keep(key, response, started)
        }
        own = response
        if (personal.size >= maxEntries) personal.clear()
        personal.add(key)
        return null
      })
      if (!personal.has(key)) rendering.set(key, made)
      try {
        const entry = await made
        return entry ? respond(entry, request) : (own ?? render())
      } finally {
        if (rendering.get(key) === made) rendering.delete(key)
      }
    },
    invalidate() {
      generation++
      kept.clear()
      rendering.clear()
      personal.clear()
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
  const headers = new Headers(entry.headers)
  headers.set('etag', entry.tag)
  headers.append('vary', 'Accept-Encoding')
  if (matchesEntityTag(request.headers.get('if-none-match'), entry.tag))
    return new Response(null, { status: 304, headers })
  const encoding = acceptedEncoding(request.headers.get('accept-encoding'))
  if (encoding) headers.set('content-encoding', encoding)
  const body = entry.bodies[encoding ?? 'identity']
  headers.set('content-length', String(body.length))
  return new Response(request.method === 'HEAD' ? null : body, { headers })
}
