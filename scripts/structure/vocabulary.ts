// A slice speaks a closed vocabulary, so that whoever knows one slice finds the way in all of them.
import { posix } from 'node:path'
import { isTest, type Finding, type Module, type Project, type Rule } from './project.ts'
import { isContract, isUi, placeOf } from './places.ts'

const WORDS = ['contract', 'store', 'policy', 'gateway', 'http', 'graphql', 'cli', 'jobs', 'reactions']
const SERVER_PACKAGES = new Set([
  'pg',
  'kysely',
  'undici',
  'ws',
  'nodemailer',
  'hono',
  '@hono/node-server',
  'pino',
  'prom-client',
  'pg-boss',
])
const IO_MODULES = new Set(
  [
    'child_process',
    'cluster',
    'dgram',
    'dns',
    'fs',
    'http',
    'http2',
    'https',
    'net',
    'readline',
    'repl',
    'tls',
    'worker_threads',
  ].map((name) => `node:${name}`),
)

/** Neither a word of the vocabulary nor the file of operations: then it holds pure rules. */
function isNoun(path: string): boolean {
  const { slice, within } = placeOf(path)
  if (slice === undefined || isTest(path) || isUi(within)) return false
  const name = posix.basename(path, '.ts')
  return !WORDS.includes(name) && name !== posix.basename(posix.dirname(path))
}

export const pureNouns: Rule = {
  name: 'a noun is pure',
  why: 'Rules without input and output are the ones that can be tested exhaustively and read like the business.',
  instead:
    'Keep decisions in <noun>.ts and pass in what they need; SQL goes to store.ts, third parties to gateway.ts, the order of steps to <domain>.ts, a sub-concern into a sub-folder with the same words.',
  find: ({ modules }) =>
    [...modules.values()].filter(({ path }) => isNoun(path)).flatMap((module) => impure(module, modules)),
}

function impure(module: Module, modules: Project['modules']): Finding[] {
  const reached = reach(module, modules, isIo)
  return reached
    ? [{ path: module.path, line: reached.line, what: `does input or output through ${reached.way.join(' → ')}` }]
    : []
}

const isIo = (name: string) => IO_MODULES.has(name.replace(/\/promises$/, '')) || SERVER_PACKAGES.has(packageOf(name))
const isServerOnly = (name: string) => name.startsWith('node:') || SERVER_PACKAGES.has(packageOf(name))
const packageOf = (name: string) =>
  name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/')

export const browserContracts: Rule = {
  name: 'a contract runs in the browser',
  why: 'Forms, the SDK and the real-time client validate with the very same declaration.',
  instead: 'Leave in contract.ts only Zod schemas and declarations; move what needs Node to another file of the slice.',
  find: ({ modules }) =>
    [...modules.values()]
      .filter(({ path }) => placeOf(path).slice !== undefined && isContract(placeOf(path).within))
      .flatMap((module) => {
        const reached = reach(module, modules, isServerOnly)
        return reached
          ? [{ path: module.path, line: reached.line, what: `needs Node through ${reached.way.join(' → ')}` }]
          : []
      }),
}

/** The shortest way from a module over imports that exist at run time to something that `stop` names. */
function reach(from: Module, modules: Project['modules'], stop: (name: string) => boolean) {
  const seen = new Set([from.path])
  const open = from.imports
    .filter((entry) => !entry.typeOnly)
    .map((entry) => ({ to: entry.to, line: entry.line, way: [entry.to] }))
  for (let step = open.shift(); step; step = open.shift()) {
    if (stop(step.to)) return step
    if (seen.has(step.to)) continue
    seen.add(step.to)
    const { line, way } = step
    for (const { to, typeOnly } of modules.get(step.to)?.imports ?? [])
      if (!typeOnly) open.push({ to, line, way: [...way, to] })
  }
  return undefined
}

const QUERY_METHODS = new Set(['selectFrom', 'insertInto', 'updateTable', 'deleteFrom', 'mergeInto'])

export const sqlInStores: Rule = {
  name: 'SQL lives in store.ts',
  why: 'One file to read when a table changes, and one place where a scope must be asked for.',
  instead: 'Add a function to store.ts that is named as the business speaks, and call it.',
  find: ({ modules }) =>
    [...modules.values()].flatMap((module) => {
      const { slice, within } = placeOf(module.path)
      if (slice === undefined || isTest(module.path) || /(^|\/)store\.ts$/.test(within)) return []
      const found: Finding[] = []
      for (const { to, typeOnly, line } of module.imports)
        if (!typeOnly && (to === 'kysely' || to === 'pg'))
          found.push({ path: module.path, line, what: `imports ${to}` })
      module.walk((node) => {
        const name = nameOfMember(node)
        if (name && QUERY_METHODS.has(name))
          found.push({ path: module.path, line: module.lineOf(node.start), what: `builds a query with ${name}()` })
      })
      return found
    }),
}

function nameOfMember(node: { type: string; [key: string]: unknown }): string | undefined {
  if (node.type !== 'MemberExpression') return undefined
  const property = node.property as { name?: string }
  return property.name
}

export const knownFolders: Rule = {
  name: 'a slice holds TypeScript and its words',
  why: 'A folder with only known words needs no map.',
  instead:
    'Name the file contract, store, policy, gateway, http, graphql, cli, jobs, reactions, <domain> or a noun, in lower-case-with-hyphens; components go to ui/.',
  find: ({ modules, texts }) =>
    [...texts.keys()].flatMap((path) => {
      const { slice, within } = placeOf(path)
      if (slice === undefined)
        return /^src\/domains\/[^/]+$/.test(path) ? [{ path, what: 'stands outside any slice' }] : []
      if (isUi(within)) return []
      if (!modules.has(path))
        return /\.(sql|json|tsx|css|md)$/.test(path) ? [{ path, what: 'is no TypeScript file of the vocabulary' }] : []
      if (path.endsWith('.tsx')) return [{ path, what: 'is a component outside ui/' }]
      return /^([a-z0-9-]+\/)*[a-z0-9-]+(\.test)?\.ts$/.test(within)
        ? []
        : [{ path, what: 'is not in lower-case-with-hyphens' }]
    }),
}
