#!/usr/bin/env node
// Compiles the messages and builds the browser code and the client for other sites' pages, each only when something it is made
// from has changed.
// `--messages` stops after the messages, which is all that tests and the type checker need.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { install } from './install.js'
import { withLock } from './setup/lock.js'
import { progress } from './setup/progress.js'
import { root } from './setup/project.js'
import { run, tool } from './setup/run.js'
import { findNode } from './setup/runtime.js'

const i18n = 'src/web/i18n'
const messages = {
  title: 'Compiling messages',
  done: 'Messages compiled',
  stamp: `${i18n}/generated/.stamp`,
  outputs: [`${i18n}/generated/messages.js`],
  inputs: (file) => file === 'package-lock.json' || (file.startsWith(`${i18n}/`) && !isGenerated(file)),
  program: () => [`${i18n}/compile.ts`],
}
const pages = {
  title: 'Building the browser code',
  done: 'Browser code built',
  stamp: 'build/.stamp',
  outputs: ['build/server/index.js', 'build/client/assets'],
  inputs: (file) =>
    /^(package-lock\.json|tsconfig\.json|(vite|react-router)\.config\.ts)$/.test(file) ||
    /^(src\/web|src\/platform\/contract|client)\//.test(file) ||
    /^src\/domains\/(.+\/)?(contract\.tsx?$|ui\/)/.test(file),
  program: () => [tool('@react-router/dev', 'react-router'), 'build', '--logLevel', 'warn'],
}
const client = {
  title: 'Building the client',
  done: 'Client built',
  stamp: 'build/client-sdk/.stamp',
  outputs: ['build/client-sdk'],
  inputs: (file) => file === 'package-lock.json' || /^(client|scripts\/client)\/.+\.ts$/.test(file),
  program: () => ['scripts/client/files.ts'],
}
const gateway = {
  title: 'Building the gateway',
  done: 'Gateway built',
  stamp: 'build/gateway/.stamp',
  outputs: ['build/gateway/gateway.cjs'],
  inputs: (file) =>
    /^(package-lock\.json|scripts\/gateway-bundle\.js)$/.test(file) ||
    (/^src\/.+\.ts$/.test(file) && !/^src\/(web|migrations)\//.test(file)),
  program: () => ['scripts/gateway-bundle.js'],
}
// The compiler leaves notes of its own beside its settings.
const isGenerated = (file) =>
  file.startsWith(`${i18n}/generated/`) ||
  file.startsWith('client/dist/') ||
  (file.startsWith(`${i18n}/project.inlang/`) && !/settings\.json$|inlang\/$/.test(file))
const isTest = (file) => /\.test\.tsx?$/.test(file)

// The pages come first: their builder empties the folder.
const targetsOf = {
  messages: [messages],
  // While developing Vite serves the pages from their sources, but not the client for other sites' pages.
  development: [messages, client],
  gateway: [gateway],
  all: [messages, pages, client, gateway],
}

/** Builds what is stale: everything, or `only` what is needed for one purpose. */
export async function build({ only = 'all' } = {}) {
  const targets = targetsOf[only]
  if (targets.every(isFresh)) return
  const lock = join(root, 'node_modules', '.cache', 'build.lock')
  await withLock(
    lock,
    async () => {
      for (const target of targets) if (!isFresh(target)) await make(target)
    },
    (pid) => process.stderr.write(`Waiting for another build (process ${pid}) …\n`),
  )
}

async function make(target) {
  const line = progress(target.title)
  // Taken before: a file that changes meanwhile makes the result stale again.
  const print = fingerprint(target)
  const env = { ...process.env, NODE_ENV: 'production', DISABLE_TELEMETRY: 'true' }
  const { ok, output } = await run(findNode(), target.program(), { env })
  if (!ok) {
    line.failed()
    throw new Error(
      `${output.trimEnd()}\n\n${target.title} failed. Mend what is told above, then run the command again.`,
    )
  }
  writeFileSync(join(root, target.stamp), `${print}\n`)
  line.done(target.done)
}

function isFresh(target) {
  if (!target.outputs.every((path) => existsSync(join(root, path)))) return false
  const stamp = join(root, target.stamp)
  return existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === fingerprint(target)
}

function fingerprint(target) {
  const hash = createHash('sha256')
  for (const file of files()) {
    if (isTest(file) || isGenerated(file) || !target.inputs(file)) continue
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0')
  }
  return hash.digest('hex')
}

/** Everything a build may be made from, relative, with slashes, in a fixed order. */
function files() {
  const top = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isFile())
  const folders = ['src', 'client', 'scripts/client'].flatMap((folder) => walk(folder))
  return [...top.map((entry) => entry.name), ...folders].sort((a, b) => (a < b ? -1 : 1))
}

function walk(folder) {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return isGenerated(`${path}/`) ? [] : walk(path)
    return entry.isFile() ? [path] : []
  })
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    await install()
    await build({ only: process.argv.includes('--messages') ? 'messages' : undefined })
  } catch (error) {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}
