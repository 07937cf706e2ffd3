// The checks of the code that need no running: what each is called, how it is run, what it must wait for.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { build } from '../build.js'
import { root } from './project.js'
import { run, tool } from './run.js'
import { findNode } from './runtime.js'

/**
 * @typedef {{ name: string, ok: boolean, seconds: number, output: string }} Result
 * @param {{ fix?: boolean, ended?: (result: Result) => void }} options `fix` repairs what can be repaired by itself
 * @returns {Promise<Result[]>} in a fixed order
 */
export async function runChecks({ fix = false, ended = () => {} } = {}) {
  const node = findNode()
  const timed = async (name, work) => {
    const started = Date.now()
    const { ok, output } = await work()
    const result = { name, ok, output, seconds: (Date.now() - started) / 1000 }
    ended(result)
    return result
  }
  const program = (name, args) => () => timed(name, () => run(node, args))
  const lint = [tool('oxlint'), '--type-aware', '--deny-warnings', ...(fix ? ['--fix'] : [])]
  const format = [tool('oxfmt'), fix ? '--write' : '--check', '.']

  // What repairs files runs before what reads them.
  const formatted = fix ? [await program('format', format)()] : []
  const generated = [
    await timed('messages', () => settle(build({ only: 'messages' }))),
    await generateRouteTypes(node, timed),
  ]
  const linted = fix ? [await program('lint', lint)()] : []
  const rest = [
    program('types', [tool('typescript', 'tsc'), '--project', '.', '--pretty', 'false']),
    ...(fix ? [] : [program('lint', lint), program('format', format)]),
    program('unused', [tool('knip'), '--no-progress', '--no-config-hints']),
    program('structure', ['scripts/check-structure.ts']),
    program('translations', ['scripts/check-messages.ts']),
  ]
  return [...formatted, ...generated.filter(Boolean), ...linted, ...(await pooled(rest, 2))]
}

function generateRouteTypes(node, timed) {
  if (!existsSync(join(root, 'react-router.config.ts'))) return undefined
  return timed('route types', () => run(node, [tool('@react-router/dev', 'react-router'), 'typegen']))
}

const settle = (promise) =>
  promise.then(
    () => ({ ok: true, output: '' }),
    (error) => ({ ok: false, output: `${error.message}\n` }),
  )

/** Runs `works` with at most `width` at once; the results are in the order of the works. */
async function pooled(works, width) {
  const results = []
  const open = works.entries()
  const worker = async () => {
    for (const [index, work] of open) results[index] = await work()
  }
  await Promise.all(Array.from({ length: width }, worker))
  return results
}
