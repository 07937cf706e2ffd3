// An order that is being written, kept in the reader's own browser: it survives leaving and coming back, and nothing about
// strangers is stored here. Nothing in it is trusted: every step checks again, and the order itself is checked by the operation.
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { z } from 'zod'
import { BriefKind } from '../../../../domains/content/contract.ts'
import { Line, Slug } from '../../../../platform/contract/shapes.ts'

const Answers = z.record(z.string().max(20), z.string().max(2000))
const Draft = z.object({
  plan: Slug.optional(),
  /** A template's slug; empty when the agency shall propose one. */
  template: z.union([Slug, z.literal('')]).optional(),
  name: Line(120).optional(),
  /** One brief for each kind of website, so that trying another plan loses nothing. */
  briefs: z.partialRecord(BriefKind, Answers).default({}),
})
export type Draft = z.output<typeof Draft>

/** Browsers keep about 4 KB in a cookie; two of them leave room for the other headers of a request. */
const chunk = 3800
const chunks = 2
const names = Array.from({ length: chunks }, (_, index) => `order${index}`)
const attributes = 'Path=/pesan; HttpOnly; SameSite=Lax'
const thirtyDays = 30 * 24 * 3600

export function readDraft(request: Request): Draft {
  const cookies = new Map((request.headers.get('cookie') ?? '').split(';').map((pair) => splitOnce(pair.trim())))
  const packed = names.map((name) => cookies.get(name) ?? '').join('')
  if (!packed) return { briefs: {} }
  try {
    const json = inflateRawSync(Buffer.from(packed, 'base64url'), { maxOutputLength: 64 * 1024 }).toString('utf8')
    return Draft.parse(JSON.parse(json))
  } catch {
    // Cut off, tampered with, or of an older form: begin again.
    return { briefs: {} }
  }
}

/** The `Set-Cookie` headers that keep the draft; null when it is too long to be kept. */
export function keepDraft(draft: Draft, secure: boolean): Headers | null {
  const packed = deflateRawSync(JSON.stringify(draft), { level: 9 }).toString('base64url')
  if (packed.length > chunk * chunks) return null
  const headers = new Headers()
  for (const [index, name] of names.entries()) {
    const part = packed.slice(index * chunk, (index + 1) * chunk)
    const age = part ? thirtyDays : 0
    headers.append('Set-Cookie', `${name}=${part}; ${attributes}; Max-Age=${age}${secure ? '; Secure' : ''}`)
  }
  return headers
}

export function forgetDraft(secure: boolean): Headers {
  const headers = new Headers()
  for (const name of names)
    headers.append('Set-Cookie', `${name}=; ${attributes}; Max-Age=0${secure ? '; Secure' : ''}`)
  return headers
}

function splitOnce(pair: string): [string, string] {
  const at = pair.indexOf('=')
  return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)]
}
