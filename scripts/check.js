#!/usr/bin/env node
// npm run check: types, lint, format, unused code, structure, translations. With --fix it first repairs what it can.
import { runChecks } from './setup/checks.js'

const started = Date.now()
const results = await runChecks({ fix: process.argv.includes('--fix'), ended: print })
const failed = results.filter(({ ok }) => !ok)

for (const { name, output } of failed) process.stdout.write(`\n── ${name} ──\n${output.trimEnd()}\n`)
const verdict = failed.length === 0 ? 'All checks passed' : `Failed: ${failed.map(({ name }) => name).join(', ')}`
process.stdout.write(`\n${verdict} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`)
if (failed.some(({ name }) => name === 'format')) process.stdout.write('Run "npm run check -- --fix" to format.\n')
process.exitCode = failed.length === 0 ? 0 : 1

function print({ name, ok, seconds }) {
  process.stdout.write(`${ok ? '✓' : '✗'} ${name.padEnd(14)}${seconds.toFixed(1).padStart(6)} s\n`)
}
