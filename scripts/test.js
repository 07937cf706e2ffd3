#!/usr/bin/env node
// npm test: the checks, the build, then every test. Ends with "N passed, M failed"; each check counts as one.
// Arguments go to vitest ("npm test -- src/platform"); then the checks are left out.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from './build.js'
import { runChecks } from './setup/checks.js'
import { root } from './setup/project.js'
import { tool } from './setup/run.js'
import { findNode } from './setup/runtime.js'

const args = process.argv.slice(2)
const total = { passed: 0, failed: 0, skipped: 0, withoutRedis: 0 }
const count = (ok) => (total[ok ? 'passed' : 'failed'] += 1)

if (args.length === 0) await checkAll()
if (await built()) await testAll()
if (total.skipped > 0)
  process.stdout.write(`\n${total.skipped} skipped, as they are about another kind of machine or user\n`)
if (total.withoutRedis > 0)
  process.stdout.write(`\n${total.withoutRedis} tests of the broker with Redis were left out: ${whyWithoutRedis()}\n`)
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`)
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1

async function checkAll() {
  const results = await runChecks({
    ended: ({ name, ok, seconds }) =>
      process.stdout.write(`${ok ? '✓' : '✗'} ${name.padEnd(14)}${seconds.toFixed(1).padStart(6)} s\n`),
  })
  for (const { name, ok, output } of results) {
    count(ok)
    if (!ok) process.stdout.write(`\n── ${name} ──\n${output.trimEnd()}\n\n`)
  }
}

/** The browser tests need the pages; without them nothing else is worth telling. */
async function built() {
  try {
    await build()
    return true
  } catch (error) {
    process.stdout.write(`${error.message}\n`)
    count(false)
    return false
  }
}

async function testAll() {
  const folder = mkdtempSync(join(tmpdir(), 'jasaweb-result-'))
  const file = join(folder, 'result.json')
  try {
    const code = await vitest(['run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`])
    add(readResult(file), code)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function vitest(options) {
  return new Promise((resolve) => {
    const child = spawn(findNode(), [tool('vitest'), ...options], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    child.on('error', (error) => {
      process.stdout.write(`vitest could not be started: ${error.message}\n`)
      resolve(1)
    })
    child.on('close', (status, signal) => resolve(signal ? 1 : status))
  })
}

function readResult(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

function add(result, code) {
  if (!result) {
    process.stdout.write('vitest ended without a result.\n')
    count(false)
    return
  }
  // A file that could not be loaded has no failed test of its own.
  const unloaded = result.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  )
  const failed = result.numFailedTests + unloaded.length
  total.passed += result.numPassedTests
  total.failed += failed
  const withoutRedis = result.testResults
    .filter(({ name }) => /[\\/]broker[\\/]redis[\\/]/.test(name))
    .flatMap(({ assertionResults }) => assertionResults.filter(({ status }) => ['skipped', 'pending'].includes(status)))
  total.withoutRedis += withoutRedis.length
  total.skipped += result.numPendingTests + (result.numTodoTests ?? 0) - withoutRedis.length
  // No test at all, or an error outside of any: vitest's exit code knows, its list of tests does not.
  if (failed === 0 && (code !== 0 || result.numTotalTests === 0)) count(false)
}

function whyWithoutRedis() {
  return process.env.REDIS_URL
    ? 'they start a redis-server of their own, and there is none in PATH.'
    : 'REDIS_URL names no Redis to run them against. Install redis-server, start it and set REDIS_URL=redis://127.0.0.1:6379.'
}
