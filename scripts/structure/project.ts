// The source files as the rules see them: parsed, with their imports resolved and their place in the layout named.
import { posix } from 'node:path'
import { parseSync } from 'vite'

export interface Import {
  /** A path from the project's folder for a relative import, else the name of a package or built-in module. */
  readonly to: string
  /** Erased before anything runs. */
  readonly typeOnly: boolean
  readonly line: number
}

/** A node of the syntax tree, as far as the rules look into it. */
export interface Node {
  readonly type: string
  readonly start: number
  readonly [key: string]: unknown
}

export interface Module {
  readonly path: string
  readonly text: string
  readonly lines: number
  readonly imports: readonly Import[]
  /** Calls `visit` for every node of the syntax tree. */
  walk(visit: (node: Node) => void): void
  lineOf(offset: number): number
}

export interface Project {
  /** The parsed TypeScript and JavaScript files by path. */
  readonly modules: ReadonlyMap<string, Module>
  /** All text files by path. */
  readonly texts: ReadonlyMap<string, string>
}

export interface Finding {
  readonly path: string
  readonly line?: number
  readonly what: string
}

export interface Rule {
  readonly name: string
  /** Why the rule exists, one sentence. */
  readonly why: string
  /** What to do instead, one sentence. */
  readonly instead: string
  find(project: Project): Finding[]
}

/** @param texts the project's text files by path, with slashes, from its folder */
export function readProject(texts: ReadonlyMap<string, string>): Project {
  const sources = [...texts].filter(([path]) => isSource(path))
  return { texts, modules: new Map(sources.map(([path, text]) => [path, parseModule(path, text)])) }
}

export const isSource = (path: string) => /^(src|test|bench|client|scripts)\/.*\.(ts|tsx|js)$/.test(path)
export const isTest = (path: string) => /\.test\.tsx?$/.test(path) || path.startsWith('test/')

function parseModule(path: string, text: string): Module {
  const { program, module, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`)
  const starts = [...text.matchAll(/\n/g)].map((match) => match.index + 1)
  const lineOf = (offset: number) => 1 + starts.filter((start) => start <= offset).length
  const imported = (request: string, typeOnly: boolean, start: number): Import => ({
    to: request.startsWith('.') ? posix.join(posix.dirname(path), request) : request.replace(/^node:/, 'node:'),
    typeOnly,
    line: lineOf(start),
  })
  const statics = module.staticImports.map(({ moduleRequest, entries, start }) =>
    imported(moduleRequest.value, entries.length > 0 && entries.every((entry) => entry.isType), start),
  )
  const exports = module.staticExports.flatMap(({ entries, start }) =>
    entries.flatMap((entry) => (entry.moduleRequest ? [imported(entry.moduleRequest.value, entry.isType, start)] : [])),
  )
  const dynamics = module.dynamicImports.flatMap(({ moduleRequest, start }) => {
    const literal = /^(['"`])(.*)\1$/.exec(text.slice(moduleRequest.start, moduleRequest.end))
    return literal?.[2] ? [imported(literal[2], false, start)] : []
  })
  return {
    path,
    text,
    lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
    imports: [...statics, ...exports, ...dynamics],
    walk: (visit) => walk(program, visit),
    lineOf,
  }
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) for (const item of value) walk(item, visit)
  else if (isNode(value)) {
    visit(value)
    for (const child of Object.values(value)) if (typeof child === 'object') walk(child, visit)
  }
}

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
