// Holds the code to its layout: the words of a slice, its doors, the arrow between the layers, sizes and names.
// Prints what is wrong, why the rule exists and what to do instead, and ends with 1 when something is wrong.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as doorRules from './structure/doors.ts'
import * as habitRules from './structure/habits.ts'
import { isTest, readProject, type Finding, type Project, type Rule } from './structure/project.ts'
import * as vocabularyRules from './structure/vocabulary.ts'

export const rules: readonly Rule[] = [vocabularyRules, doorRules, habitRules].flatMap((module) =>
  Object.values(module),
)

export interface Report {
  readonly broken: readonly { rule: Rule; findings: readonly Finding[] }[]
  /** Lines of code files; test lines per line of code. */
  readonly sizes: { files: number; median: number; p95: number; longest: number; testRatio: number }
}

export function checkStructure(texts: ReadonlyMap<string, string>): Report {
  const project = readProject(texts)
  const broken = rules
    .map((rule) => ({ rule, findings: rule.find(project) }))
    .filter(({ findings }) => findings.length > 0)
  return { broken, sizes: measure(project) }
}

function measure({ modules }: Project): Report['sizes'] {
  const all = [...modules.values()]
  const lengths = all.map(({ lines }) => lines).sort((a, b) => a - b)
  const at = (share: number) => lengths[Math.min(lengths.length - 1, Math.floor(lengths.length * share))] ?? 0
  const product = all.filter(({ path }) => /^(src|client|test)\//.test(path))
  const count = (tests: boolean) =>
    product.filter(({ path }) => isTest(path) === tests).reduce((sum, { lines }) => sum + lines, 0)
  return {
    files: lengths.length,
    median: at(0.5),
    p95: at(0.95),
    longest: lengths.at(-1) ?? 0,
    testRatio: count(true) / Math.max(1, count(false)),
  }
}

export function format({ broken, sizes }: Report): string {
  const parts = broken.map(({ rule, findings }) => {
    const places = findings.map(({ path, line, what }) => `  ${path}${line ? `:${line}` : ''} ${what}`)
    return [`✗ ${rule.name}`, ...places, `  Why: ${rule.why}`, `  Instead: ${rule.instead}`, ''].join('\n')
  })
  const { files, median, p95, longest, testRatio } = sizes
  const line = `${files} files: median ${median} lines (at home: 70), 95th percentile ${p95} (300), longest ${longest} (400); ${testRatio.toFixed(2)} lines of test for each line of code (1.00)`
  return [...parts, line].join('\n')
}

/** All text files of the project that are or may become part of the repository. */
function readTexts(root: string): Map<string, string> {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  })
  const paths = listed
    .split('\0')
    .filter((path) => path && existsSync(`${root}/${path}`) && statSync(`${root}/${path}`).isFile())
  const texts = paths
    .map((path) => [path, readFileSync(`${root}/${path}`)] as const)
    .filter(([, bytes]) => !bytes.subarray(0, 8_000).includes(0))
  return new Map(texts.map(([path, bytes]) => [path, bytes.toString('utf8')]))
}

if (import.meta.main) {
  const report = checkStructure(readTexts(fileURLToPath(new URL('..', import.meta.url))))
  console.log(format(report))
  if (report.broken.length > 0) process.exitCode = 1
}
