// Reads the JSON body of a request, never more of it than is allowed.
import {
  BodyTooLarge,
  InvalidInput,
  MalformedRequest,
  Problem,
  UnsupportedMediaType,
} from '../../platform/contract/problem.ts'
import { faultOfJson } from './json-text.ts'

/** Bytes. */
export const BODY_LIMIT = 256 * 1024

/** Whether the request announces a body at all. */
export const hasBody = (headers: Headers): boolean =>
  headers.get('transfer-encoding') !== null || Number(headers.get('content-length') ?? 0) > 0

/** The parsed body; an empty object when there is none. Throws the problem that describes what is wrong. */
export async function readJson(request: Request): Promise<unknown> {
  const { headers } = request
  // A Request made in the process has no framing headers yet; reading finds out.
  if (request.body === null && !hasBody(headers)) return {}
  const bytes = await readBytes(request).catch(asProblem)
  if (bytes.byteLength === 0) return {}
  checkMediaType(headers)
  const text = decoded(bytes)
  const fault = faultOfJson(text)
  if (fault)
    throw MalformedRequest.because(
      `${fault.reason} at position ${fault.position} (${lineAndColumn(text, fault.position)}).`,
    )
  return JSON.parse(text) as unknown
}

/** Throws before any byte is read when the announced length is too large. */
export function checkLength(headers: Headers): void {
  const length = headers.get('content-length')
  if (length !== null && Number(length) > BODY_LIMIT) throw tooLarge()
}

const tooLarge = () => BodyTooLarge.because(`A body may have up to ${BODY_LIMIT / 1024} KB.`)

async function readBytes(request: Request): Promise<Uint8Array> {
  checkLength(request.headers)
  // A stated length is enforced by the server's parser.
  if (request.headers.get('content-length') !== null) return new Uint8Array(await request.arrayBuffer())
  const parts: Uint8Array[] = []
  let size = 0
  const reader = request.body?.getReader()
  while (reader) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    if (size > BODY_LIMIT) {
      void reader.cancel().catch(() => undefined)
      throw tooLarge()
    }
    parts.push(value)
  }
  return Buffer.concat(parts)
}

// A sender that goes away, or is too slow, in the middle of its body.
function asProblem(error: unknown): never {
  throw error instanceof Problem ? error : MalformedRequest.because('The body did not arrive.')
}

function checkMediaType(headers: Headers): void {
  const [type = '', ...parameters] = (headers.get('content-type') ?? '').toLowerCase().split(';')
  if (type.trim() !== 'application/json') throw UnsupportedMediaType.because()
  for (const parameter of parameters) {
    const [name, value = ''] = parameter.split('=')
    if (name?.trim() === 'charset' && !/^"?utf-?8"?$/.test(value.trim()))
      throw UnsupportedMediaType.because('JSON is sent as UTF-8.')
  }
  const encoding = headers.get('content-encoding')
  if (encoding !== null && encoding !== 'identity')
    throw UnsupportedMediaType.because('Send the body without Content-Encoding.')
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw MalformedRequest.because('The body is not valid UTF-8.')
  }
}

function lineAndColumn(text: string, position: number): string {
  const before = text.slice(0, position).split('\n')
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`
}

/** The query as an object of strings. A name that occurs twice is refused: which one counts would be a guess. */
export function readQuery(query: string): Record<string, string> {
  if (query === '') return {}
  if (!isDecodable(query))
    throw MalformedRequest.because('The query has a % that is not followed by two hexadecimal digits of UTF-8.')
  const entries = [...new URLSearchParams(query)]
  const names = new Set<string>()
  for (const [name] of entries) {
    if (names.has(name)) {
      const pointer = `/${name.toWellFormed().slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')}`
      throw InvalidInput.because('One field is not right.', {
        errors: [{ pointer, detail: 'This field is given twice.' }],
      })
    }
    names.add(name)
  }
  return Object.fromEntries(entries)
}

/** Whether every percent-encoded part of a path or query is UTF-8. */
export function isDecodable(text: string): boolean {
  if (!text.includes('%')) return true
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}
