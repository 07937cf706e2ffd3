#!/usr/bin/env node
// Installs what is missing. Runs before every command, on Node 18 and newer, when nothing else is installed yet; `--dev` adds
// what building, checking and testing need. If all is there it ends within milliseconds.
import { spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, realpathSync, rmSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withLock } from './setup/lock.js'
import { countNeeded, isComplete, isInstalled, missingPackages, recordInstalled } from './setup/packages.js'
import { progress } from './setup/progress.js'
import { root } from './setup/project.js'
import { packagedNode } from './setup/runtime.js'

/** @param {{ dev?: boolean }} options */
export async function install({ dev = false } = {}) {
  if (isInstalled(dev)) return
  const waiting = (pid) => process.stderr.write(`Waiting for another installation (process ${pid}) …\n`)
  await withLock(
    join(root, '.install.lock'),
    async () => {
      if (!isInstalled(dev)) await installPackages(dev)
    },
    waiting,
  )
}

async function installPackages(dev) {
  const line = progress('Installing packages')
  const flags = [
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    '--engine-strict=false',
    '--loglevel=http',
    '--no-progress',
  ]
  const which = dev ? ['--include=dev', '--include=optional'] : ['--omit=dev', '--include=optional']
  const fetched = counter(line, countNeeded(dev))
  try {
    await npm(['ci', ...flags, ...which], process.execPath, root, fetched)
    // An old npm leaves out the optional packages that its own Node is too old for; the Node just installed is not.
    if (!isComplete(dev) && packagedNode()) await completeWith(dev, [...flags, ...which], fetched)
  } catch (error) {
    line.failed()
    throw error
  }
  const absent = missingPackages(dev)
  recordInstalled(dev)
  line.done('Packages installed')
  if (absent.length > 0)
    process.stderr.write(`Optional packages that could not be installed here: ${absent.join(', ')}\n`)
}

async function completeWith(dev, flags, fetched) {
  // npm may replace the very folder that the packaged Node runs from, so a copy of it does the work.
  const folder = join(root, 'build', '.node')
  const copy = join(folder, process.platform === 'win32' ? 'node.exe' : 'node')
  mkdirSync(folder, { recursive: true })
  copyFileSync(packagedNode(), copy)
  try {
    await npm(['install', '--no-save', ...flags], copy, root, fetched)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function npm(args, node, cwd, onLine) {
  const cli = npmCli()
  const [command, first] = cli ? [node, [cli]] : ['npm', []]
  const env = { ...process.env }
  if (cli) env.PATH = [dirname(node), env.PATH].filter(Boolean).join(delimiter)
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...first, ...args], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: !cli && process.platform === 'win32',
    })
    let output = ''
    const hear = (chunk) => {
      output += chunk
      for (const text of String(chunk).split('\n')) onLine(text)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('error', (error) =>
      reject(new Error(`npm could not be started (${error.message}). Install npm 9 or newer and try again.`)),
    )
    child.on('close', (code, signal) => (code === 0 ? resolve() : reject(new Error(explain(output, signal)))))
  })
}

/** npm's own program file, so that it can be run by a Node of our choice; undefined if only the command can be found. */
function npmCli() {
  const beside = [
    join(dirname(process.execPath), 'node_modules'),
    join(dirname(process.execPath), '..', 'lib', 'node_modules'),
  ]
  const onPath = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'npm'))
  const candidates = [
    process.env.npm_execpath,
    ...onPath,
    ...beside.map((folder) => join(folder, 'npm', 'bin', 'npm-cli.js')),
  ]
  return candidates
    .filter((file) => file && existsSync(file))
    .map((file) => realpathSync(file))
    .find((file) => file.endsWith('npm-cli.js'))
}

function counter(line, total) {
  const seen = new Set()
  return (text) => {
    const file = /https?:\S+\.tgz/.exec(text)?.[0]
    if (!file || seen.size >= total) return
    seen.add(file)
    line.detail(`${seen.size} of ${total}`)
  }
}

const REASONS = [
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|ENETUNREACH/,
    'There is no connection to the package registry: check the network or the proxy settings of npm ("npm config list"), then run the command again.',
  ],
  [
    /EACCES|EPERM/,
    'A folder may not be written: make the project folder belong to the user who runs this, then run the command again.',
  ],
  [/ENOSPC/, 'The disk is full: free about 1 GB, then run the command again.'],
  [
    /EUSAGE|in sync/,
    'package.json and package-lock.json do not belong together: run "npm install" with Node 24 and commit package-lock.json.',
  ],
]

function explain(output, signal) {
  const said = output.split('\n').map((text) => text.replace(/^npm (error|ERR!|warn|WARN) ?/, ''))
  const noise = /^npm |EBADENGINE|Unknown (user|env|project) config|^\s*$/
  const usage = said.indexOf('Clean install a project')
  const told = said.slice(0, usage < 0 ? undefined : usage).filter((text) => !noise.test(text))
  const advice =
    REASONS.find(([pattern]) => pattern.test(output))?.[1] ??
    'Run the command again; if it fails the same way, run "npm ci" and read what it says.'
  return `${told.slice(0, 30).join('\n')}\n\nInstalling packages failed${signal ? ` (${signal})` : ''}. ${advice}`
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  install({ dev: process.argv.includes('--dev') }).catch((error) => {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  })
}
