// Builds the package @jasaweb/client: client/dist with minified modules and declarations that need nothing else.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle, outputs } from './bundle.ts'
import { contractEvents, liveEventsModule } from './declarations.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

export async function buildPackage(dist = `${root}client/dist`): Promise<void> {
  rmSync(dist, { recursive: true, force: true })
  mkdirSync(dist, { recursive: true })
  writeFileSync(`${dist}/index.js`, await bundle(outputs.index))
  writeFileSync(`${dist}/react.js`, await bundle(outputs.react))
  for (const [name, text] of declarations()) writeFileSync(`${dist}/${name}`, text)
}

/** Compiles the sources with the events written out in place of the contracts. */
function declarations(): Map<string, string> {
  const cache = `${root}node_modules/.cache`
  mkdirSync(cache, { recursive: true })
  // Within the project, so that React's types are found.
  const folder = mkdtempSync(`${cache}/client-`)
  try {
    const sources = readdirSync(`${root}client`).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    for (const name of sources) writeFileSync(join(folder, name), readFileSync(`${root}client/${name}`))
    writeFileSync(join(folder, 'messages.ts'), liveEventsModule(contractEvents))
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(configuration))
    compile(folder)
    return new Map(
      readdirSync(join(folder, 'types')).map((name) => {
        const text = readFileSync(join(folder, 'types', name), 'utf8')
        return [name, text.replaceAll(/(['"]\.\/[\w-]+)\.ts(['"])/g, '$1.js$2')]
      }),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function compile(project: string): void {
  try {
    execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '--project', project], {
      encoding: 'utf8',
    })
  } catch (error) {
    const { stdout = '' } = error as { stdout?: string }
    throw new Error(`The declarations of the client could not be made.\n${stdout}`, { cause: error })
  }
}

const configuration = {
  extends: '../../../tsconfig.json',
  compilerOptions: {
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    outDir: 'types',
    rootDir: '.',
    rootDirs: ['.'],
    types: [],
    skipLibCheck: true,
  },
  include: ['*.ts'],
}

if (import.meta.main) await buildPackage()
