import { expect, it } from 'vitest'
import { checkStructure, format } from './check-structure.ts'

const contract = `import { z } from 'zod'\nexport const Invoice = z.object({})\n`
const sound: Record<string, string> = {
  'src/main.ts': `import { world } from './app.ts'\nworld()\n`,
  'src/app.ts': `import { createBilling } from './domains/billing/billing.ts'\nimport { createAudit } from './domains/audit/audit.ts'\nexport const world = () => [createBilling, createAudit]\n`,
  'src/config.ts': `export const port = process.env.PORT\n`,
  'src/delivery/http/app.ts': `import { Invoice } from '../../domains/billing/contract.ts'\nexport const app = Invoice\n`,
  'src/domains/audit/audit.ts': `export const createAudit = () => 1\n`,
  'src/domains/billing/contract.ts': contract,
  'src/domains/billing/billing.ts': `import { find } from './store.ts'\nexport const createBilling = () => find\n`,
  'src/domains/billing/invoice.ts': `import type { find } from './store.ts'\nexport type Find = typeof find\n`,
  'src/domains/billing/store.ts': `import { sql } from 'kysely'\nexport const find = (db) => db.selectFrom('invoices')\n`,
  'src/platform/database.ts': `import pg from 'pg'\nexport const pool = pg\n`,
  'src/web/routes/home.tsx': `import { Invoice } from '../../domains/billing/contract.ts'\nexport default () => <p>{String(Invoice)}</p>\n`,
}

/** The names of the rules that the sound project breaks with these files. */
function broken(files: Record<string, string>): string[] {
  return checkStructure(new Map(Object.entries({ ...sound, ...files }))).broken.map(({ rule }) => rule.name)
}

it('has nothing to say about a sound project', () => {
  expect(format(checkStructure(new Map(Object.entries(sound))))).toMatch(/^\d+ files: median/)
})

const wrong: [string, Record<string, string>][] = [
  ['a noun is pure', { 'src/domains/billing/money.ts': `import { find } from './store.ts'\nfind()\n` }],
  [
    'a noun is pure',
    { 'src/domains/billing/money.ts': `import { readFile } from 'node:fs/promises'\nreadFile('x')\n` },
  ],
  [
    'a contract runs in the browser',
    { 'src/domains/billing/contract.ts': `import { hash } from 'node:crypto'\nhash('a', 'b')\n` },
  ],
  [
    'SQL lives in store.ts',
    { 'src/domains/billing/billing.ts': `export const all = (db) => db.selectFrom('invoices')\n` },
  ],
  ['SQL lives in store.ts', { 'src/domains/billing/jobs.ts': `import { sql } from 'kysely'\nexport const q = sql\n` }],
  ['a slice holds TypeScript and its words', { 'src/domains/billing/Invoice.ts': 'export const a = 1\n' }],
  ['a slice holds TypeScript and its words', { 'src/domains/billing/card.tsx': 'export const a = <p />\n' }],
  [
    'the arrow main → app → delivery → domains → platform',
    { 'src/platform/x.ts': `import { createBilling } from '../domains/billing/billing.ts'\ncreateBilling()\n` },
  ],
  [
    'the arrow main → app → delivery → domains → platform',
    { 'src/domains/billing/jobs.ts': `import type { world } from '../../app.ts'\nexport type W = typeof world\n` },
  ],
  [
    'the doors of a slice',
    { 'src/domains/projects/projects.ts': `import { find } from '../billing/store.ts'\nfind()\n` },
  ],
  [
    'the doors of a slice',
    { 'src/delivery/http/app.ts': `import { find } from '../../domains/billing/store.ts'\nfind()\n` },
  ],
  [
    'nobody calls a listener',
    { 'src/domains/billing/billing.ts': `import { createAudit } from '../audit/audit.ts'\ncreateAudit()\n` },
  ],
  [
    'pages reach the business through its contracts',
    {
      'src/web/routes/home.tsx': `import { createBilling } from '../../domains/billing/billing.ts'\ncreateBilling()\n`,
    },
  ],
  [
    'web/ui knows no business',
    {
      'src/web/ui/money.tsx': `import { Invoice } from '../../domains/billing/contract.ts'\nexport const a = Invoice\n`,
    },
  ],
  [
    'the server imports no pages',
    { 'src/delivery/http/pages.ts': `import home from '../../web/routes/home.tsx'\nhome()\n` },
  ],
  ['no file over 400 lines', { 'src/platform/long.ts': 'export {}\n'.repeat(401) }],
  ['a file is named after what it holds', { 'test/support/helpers.ts': 'export {}\n' }],
  ['only src/config.ts reads the environment', { 'src/platform/x.ts': 'export const a = process.env.HOME\n' }],
  [
    'every operation says who may call it',
    { 'src/domains/billing/contract.ts': `export const pay = operation('billing.pay', { does: 'Pays.' })\n` },
  ],
  ['nothing about machines and history', { 'docs/notes.md': ['See ', 'work', 'main'].join('/') }],
  [
    'package-lock.json names the packages of every platform',
    {
      'package-lock.json': JSON.stringify({
        packages: { '': {}, 'node_modules/a': { optionalDependencies: { 'a-linux': '1' } } },
      }),
    },
  ],
]

it.each(wrong)('objects: %s (%#)', (name, files) => {
  expect(broken(files)).toEqual([name])
})

it('lets a listener follow the contract of another listener', () => {
  expect(
    broken({
      'src/domains/insights/contract.ts': contract,
      'src/domains/operator/reactions.ts': `import { Invoice } from '../insights/contract.ts'\nexport const a = Invoice\n`,
    }),
  ).toEqual([])
})

it('looks through files on the way to input and output, but not through types', () => {
  const way = {
    'src/platform/pool.ts': `import { pool } from './database.ts'\nexport const p = pool\n`,
    'src/domains/billing/money.ts': `import { p } from '../../platform/pool.ts'\nexport const a = p\n`,
  }
  expect(broken(way)).toEqual(['a noun is pure'])
  expect(
    broken({
      ...way,
      'src/domains/billing/money.ts': `import type { p } from '../../platform/pool.ts'\nexport type P = typeof p\n`,
    }),
  ).toEqual([])
})

it('tells the place, the reason and the way out', () => {
  const text = format(checkStructure(new Map([['src/platform/x.ts', 'const a = 1\nprocess.env.HOME\n']])))
  expect(text).toContain('src/platform/x.ts:2 reads process.env')
  expect(text).toMatch(/Why: .+\n {2}Instead: .+/)
})

it('accepts a package of a platform that is locked beside or above the package that wants it', () => {
  const packages = {
    '': {},
    'node_modules/a': { optionalDependencies: { 'a-linux': '1' } },
    'node_modules/a-linux': {},
    'node_modules/a/node_modules/b': { optionalDependencies: { 'a-linux': '1', c: '1' } },
    'node_modules/a/node_modules/c': {},
  }
  expect(broken({ 'package-lock.json': JSON.stringify({ packages }) })).toEqual([])
})
