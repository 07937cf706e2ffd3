#!/usr/bin/env node
// The command "jasaweb", also behind "npm start". Runs on the Node that happens to be there: sees to it that everything is
// installed and built, then hands over to src/main.ts under the right Node and ends as that ends.
import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { build } from './build.js'
import { install } from './install.js'
import { root } from './setup/project.js'
import { findNode } from './setup/runtime.js'

// Below src/; the pages (web/) are Vite's.
const serverCode = [
  'app.ts',
  'world.ts',
  'gateway.ts',
  'keys.ts',
  'config.ts',
  'commands',
  'delivery',
  'domains',
  'migrations',
  'platform',
]

const builtFor = new Map([
  ['start', 'all'],
  ['demo', 'all'],
  ['dev', 'development'],
])

// Ctrl-C reaches the child by itself, a signal sent to this process alone does not: asked to stop and not gone after this
// long, the child is told. It takes a second SIGTERM for the same wish.
const GRACE_MS = 250

async function main() {
  const args = process.argv.slice(2)
  const command = args.find((arg) => !arg.startsWith('-'))
  await install({ dev: command === 'dev' })
  if (command === 'start' && holdsConnectionsOnly(args)) return startGateway()
  await build({ only: builtFor.get(command) ?? 'messages' })
  // In development a change of server code starts the application anew; pages reload by themselves.
  const watching =
    command === 'dev'
      ? [...serverCode.map((path) => `--watch-path=${join(root, 'src', path)}`), '--watch-preserve-output']
      : []
  handOver(findNode(), [...watching, join(root, 'src', 'main.ts'), ...args])
}

const holdsConnectionsOnly = (args) => /^start --roles?[ =]realtime$/.test(args.join(' '))

// A process that only holds live connections is one file and a small heap: without the optimising compiler's last stage, whose
// own code takes more memory than it saves time here, and with an allocator that gives back what it took for a moment
// (docs/decisions/0006-gateway-bundle.md).
const SMALL = ['--max-semi-space-size=2', '--v8-pool-size=1', '--optimize-for-size', '--max-opt=2']
const FRUGAL = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: '8192',
  MALLOC_TRIM_THRESHOLD_: '8192',
  MALLOC_TOP_PAD_: '0',
  UV_THREADPOOL_SIZE: '2',
}

async function startGateway() {
  await build({ only: 'gateway' })
  const migrated = spawnSync(findNode(), [join(root, 'src', 'main.ts'), 'migrate'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (migrated.status !== 0) return void (process.exitCode = migrated.status ?? 1)
  become(findNode(), [...SMALL, join(root, 'build', 'gateway', 'gateway.cjs')], { ...FRUGAL, ...process.env })
}

// In the place of this process, where Node can do that: one that only waits for the other would weigh half as much as it.
function become(node, args, env) {
  const replaces = typeof process.execve === 'function' && process.platform !== 'win32'
  if (replaces && !isStartedByNpm()) process.execve(node, [node, ...args], env)
  else handOver(node, args, env)
}

function handOver(node, args, env = process.env) {
  // Through the channel the child can notice that this process is gone ('disconnect').
  const child = spawn(node, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env })
  const stop = () => child.kill('SIGTERM')
  let asked = false
  const stopUnlessGone = () => {
    if (!asked) setTimeout(stop, GRACE_MS).unref()
    asked = true
  }
  const handlers = { SIGINT: stopUnlessGone, SIGTERM: stop, SIGHUP: stop }
  for (const [signal, handler] of Object.entries(handlers)) process.on(signal, handler)
  stopWithNpm(stop)
  child.on('error', (error) => {
    process.stderr.write(`${node} could not be started: ${error.message}\n`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => {
    for (const [name, handler] of Object.entries(handlers)) process.off(name, handler)
    if (signal) process.kill(process.pid, signal)
    else process.exit(code ?? 1)
  })
}

const isStartedByNpm = () => process.env.npm_lifecycle_event === process.argv[2]

// The shell between "npm start" and this process may die without telling; a new parent is the only trace of that.
function stopWithNpm(stop) {
  if (!isStartedByNpm()) return
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    stop()
  }, GRACE_MS)
  watch.unref()
}

main().catch((error) => {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
})
