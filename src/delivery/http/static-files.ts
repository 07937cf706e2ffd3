// Files that anybody may have: the built browser code and what lies in `public/`. The folders are listed once, at start, and
// only a listed name is ever opened, so that no path can lead out of them.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { acceptedEncoding, type Encoding } from './compression.ts'
import { matchesEntityTag } from './entity-tag.ts'
import type { Exchange } from './exchange.ts'

const TYPES: Record<string, string> = {
  '.avif': 'image/avif',
  '.css': 'text/css; charset=utf-8',
  '.gif': 'image/gif',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml',
}
// An SVG that is opened by itself is a document: it may style itself and do nothing else.
const FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
const FOR_ALL = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' }
const KEPT_IN_MEMORY = 512 * 1024

interface StaticFile {
  path: string
  size: number
  tag: string
  type: string
  immutable: boolean
  /** Pages of other sites may use it. */
  shared: boolean
  packed: Partial<Record<Encoding, { path: string; size: number }>>
}

export interface StaticFiles {
  /** The file of that path, or null. */
  answer(path: string, exchange: Exchange): Response | null
}

/** Where what other sites' pages may load is served. Everything there has a hash in its name: `jasaweb.1a2b3c4d.js`. */
const SHARED = '/client'

/**
 * Serves what the folders hold now; of two files with one name the earlier folder's wins, a missing folder is empty. Files
 * below `assets/` carry a hash in their names and never change. `name.br` and `name.gz` are sent in place of `name`. What the
 * `shared` folder holds is for any site, below `/client`, where a name without its hash leads to the one with it.
 */
export function createStaticFiles(folders: readonly string[], shared?: string): StaticFiles {
  const files = new Map<string, StaticFile>()
  const newest = new Map<string, string>()
  for (const folder of folders) for (const [path, file] of listed(folder)) if (!files.has(path)) files.set(path, file)
  for (const [path, file] of shared === undefined ? [] : listed(shared)) {
    files.set(SHARED + path, { ...file, immutable: true, shared: true })
    newest.set(SHARED + path.replace(/\.[0-9a-f]{8}(\.m?js)$/, '$1'), SHARED + path)
  }
  const memory = new Map<string, Uint8Array<ArrayBuffer>>()

  function content(path: string, size: number): Uint8Array<ArrayBuffer> {
    const kept = memory.get(path)
    if (kept) return kept
    const bytes = new Uint8Array(readFileSync(path))
    if (size <= KEPT_IN_MEMORY) memory.set(path, bytes)
    return bytes
  }

  return {
    answer(path, exchange) {
      const file = files.get(decodeURIComponent(path))
      const location = newest.get(path)
      if (!file && location !== undefined) {
        exchange.route = 'file'
        return exchange.respond(302, null, { location, 'cache-control': 'no-cache', ...FOR_ALL })
      }
      if (!file) return null
      exchange.route = 'file'
      const { headers } = exchange.request
      const packable = Object.keys(file.packed).length > 0
      const fields = {
        'content-security-policy': FILE_POLICY,
        'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'public, max-age=3600',
        etag: file.tag,
        ...(packable ? { vary: 'Accept-Encoding' } : {}),
        ...(file.shared ? FOR_ALL : {}),
      }
      if (matchesEntityTag(headers.get('if-none-match'), file.tag)) return exchange.respond(304, null, fields)
      const accepted = packable ? acceptedEncoding(headers.get('accept-encoding')) : null
      const encoding =
        accepted && (file.packed[accepted] ? accepted : file.packed.gzip && accepted === 'br' ? 'gzip' : null)
      const chosen = (encoding && file.packed[encoding]) || file
      return exchange.respond(200, content(chosen.path, chosen.size), {
        ...fields,
        'content-type': file.type,
        ...(encoding && chosen !== file ? { 'content-encoding': encoding } : {}),
      })
    },
  }
}

function listed(folder: string): Map<string, StaticFile> {
  const found = new Map<string, StaticFile>()
  if (!existsSync(folder)) return found
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const name = `/${relative(folder, path).split(sep).join('/')}`
    // Links could lead anywhere; names that begin with a dot are nobody's business.
    if (!entry.isFile() || name.includes('/.')) continue
    const { size, mtimeMs } = statSync(path)
    found.set(name, {
      path,
      size,
      tag: `W/"${size.toString(36)}-${Math.floor(mtimeMs).toString(36)}"`,
      type: TYPES[extname(name).toLowerCase()] ?? 'application/octet-stream',
      immutable: name.startsWith('/assets/'),
      shared: false,
      packed: {},
    })
  }
  for (const [name, file] of found) {
    for (const [encoding, ending] of [
      ['br', '.br'],
      ['gzip', '.gz'],
    ] as const) {
      const packed = found.get(name + ending)
      if (packed) file.packed[encoding] = { path: packed.path, size: packed.size }
    }
  }
  return found
}
