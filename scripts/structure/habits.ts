// Habits that hold for every file, wherever it stands.
import { posix } from 'node:path'
import { isNode, isSource, isTest, type Finding, type Module, type Node, type Rule } from './project.ts'
import { isContract, placeOf } from './places.ts'

const LONGEST = 400

export const sizes: Rule = {
  name: `no file over ${LONGEST} lines`,
  why: 'A file is read as a whole or not at all.',
  instead: 'Find the noun that hides in it and give it a file of its own.',
  find: ({ modules }) =>
    [...modules.values()]
      .filter(({ lines }) => lines > LONGEST)
      .map(({ path, lines }) => ({ path, what: `has ${lines} lines` })),
}

export const names: Rule = {
  name: 'a file is named after what it holds',
  why: 'A name that fits everything attracts everything.',
  instead: 'Name the thing: money.ts, retry.ts, session-cookie.ts.',
  find: ({ texts }) =>
    [...texts.keys()]
      .filter(
        (path) =>
          isSource(path) &&
          /^(utils?|helpers?|types?|index|common|misc)(\.test)?\.(ts|tsx|js)$/.test(posix.basename(path)),
      )
      .map((path) => ({ path, what: 'says nothing about its content' })),
}

export const environment: Rule = {
  name: 'only src/config.ts reads the environment',
  why: 'Every option is typed, checked at start and documented in one place.',
  instead: 'Add the option to src/config.ts and take its value as an argument.',
  find: ({ modules }) =>
    [...modules.values()].flatMap((module) => {
      if (!module.path.startsWith('src/') || isTest(module.path) || module.path === 'src/config.ts') return []
      const found: Finding[] = []
      module.walk((node) => {
        if (readsEnvironment(node))
          found.push({ path: module.path, line: module.lineOf(node.start), what: 'reads process.env' })
      })
      return found
    }),
}

function readsEnvironment(node: Node): boolean {
  if (node.type === 'ImportSpecifier')
    return isNode(node.imported) && node.imported.name === 'env' && !isNode(node.parent)
  if (node.type !== 'MemberExpression') return false
  return isNode(node.object) && node.object.name === 'process' && isNode(node.property) && node.property.name === 'env'
}

export const permissions: Rule = {
  name: 'every operation says who may call it',
  why: 'Who is not named may not; an operation without "allows" is one that nobody thought about.',
  instead: 'Add allows: anyone, signedIn, agencyOnly, or an object of role and reach.',
  find: ({ modules }) =>
    [...modules.values()]
      .filter(({ path }) => isContract(placeOf(path).within) && placeOf(path).slice !== undefined)
      .flatMap((module) => operationsWithoutAllows(module)),
}

function operationsWithoutAllows(module: Module): Finding[] {
  const found: Finding[] = []
  module.walk((node) => {
    if (node.type !== 'CallExpression' || !isNode(node.callee) || node.callee.name !== 'operation') return
    const [name, spec] = node.arguments as Node[]
    const properties = (spec?.type === 'ObjectExpression' ? spec.properties : []) as Node[]
    const has = properties.some(
      ({ key, type }) => type === 'Property' && isNode(key) && (key.name ?? key.value) === 'allows',
    )
    if (!has)
      found.push({
        path: module.path,
        line: module.lineOf(node.start),
        what: `${String(name?.value)} has no "allows" written beside it`,
      })
  })
  return found
}

// Written with gaps, so that this file does not hold them itself.
const WORDS: readonly [RegExp, string][] = [
  [/(?<![\w.:-])\/wor[k]\//, 'a path of one machine'],
  [/(?<![\w.-])\/roo[t]\//, 'a path of one machine'],
  [/registry\.(npmj[s]|npmmirro[r]|yarnpk[g])\.|deb\.debia[n]\.org|pypi\.or[g]/, 'the host of a package registry'],
  [/\bissue #\d|\bDESIG[N] §|\bfact[s]\/[a-z-]+\.md|\/tmp\/brie[f]/i, 'a note about how the code came to be'],
]

export const words: Rule = {
  name: 'nothing about machines and history',
  why: 'The repository is read by people on other machines, in other years; history is in git, reasons are in docs/decisions.',
  instead: 'Say why the code is as it is, and use paths relative to the project.',
  find: ({ texts }) =>
    [...texts].flatMap(([path, text]) =>
      text.split('\n').flatMap((line, index) =>
        WORDS.filter(([pattern]) => pattern.test(line)).map(([, what]) => ({
          path,
          line: index + 1,
          what: `holds ${what}`,
        })),
      ),
    ),
}

export const lockfile: Rule = {
  name: 'package-lock.json names the packages of every platform',
  why: 'npm 11 refuses "npm ci" otherwise, and the project would not run on the platforms left out.',
  instead:
    'Pin the package to its newest version whose platform packages the registry has, and run "npm install --package-lock-only" with Node 24.',
  find: ({ texts }) => {
    const text = texts.get('package-lock.json')
    if (text === undefined) return []
    const packages = (
      JSON.parse(text) as { packages: Record<string, { optionalDependencies?: Record<string, string> }> }
    ).packages
    return Object.entries(packages).flatMap(([path, { optionalDependencies }]) => {
      const absent = Object.keys(optionalDependencies ?? {}).filter((name) => !isLocked(packages, path, name))
      return absent.length > 0
        ? [{ path: 'package-lock.json', what: `${path || 'the project'} lacks ${absent.join(', ')}` }]
        : []
    })
  },
}

/** Node's resolution: beside the package, then in each folder above. */
function isLocked(packages: object, from: string, name: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    if (`${folder ? `${folder}/` : ''}node_modules/${name}` in packages) return true
    if (folder === '') return false
  }
}
