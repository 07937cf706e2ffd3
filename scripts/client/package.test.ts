// The package as a stranger gets it: its files, its size, its types without anything of ours beside them.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { MessageType } from '../../src/domains/realtime/contract.ts'
import { buildPackage } from './build.ts'
import { contractEvents } from './declarations.ts'
import { writeFiles } from './files.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
let folder: string
let installed: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jasaweb-client-'))
  installed = join(folder, 'node_modules/@jasaweb/client')
  mkdirSync(installed, { recursive: true })
  for (const name of ['package.json', 'README.md']) cpSync(`${root}client/${name}`, join(installed, name))
  await buildPackage(join(installed, 'dist'))
  mkdirSync(join(folder, 'node_modules/@types'))
  for (const name of ['react', '@types/react', 'csstype'])
    symlinkSync(`${root}node_modules/${name}`, join(folder, 'node_modules', name))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const dist = (name: string) => readFileSync(join(installed, 'dist', name))

it('is small, needs nothing, and holds what is made for it and nothing else', () => {
  expect(gzipSync(Buffer.concat([dist('index.js'), dist('react.js')]), { level: 9 }).length).toBeLessThanOrEqual(
    8 * 1024,
  )
  expect(dist('index.js').toString()).not.toMatch(/\bimport\b|\brequire\b/)
  expect(
    [
      ...dist('react.js')
        .toString()
        .matchAll(/from"([^"]+)"/g),
    ].map(([, name]) => name),
  ).toEqual(['react', './index.js'])
  const [pack] = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: installed, encoding: 'utf8' }),
  ) as [{ name: string; files: { path: string }[] }]
  const paths = pack.files.map(({ path }) => path).toSorted()
  expect(pack.name).toBe('@jasaweb/client')
  expect(paths.filter((path) => !path.startsWith('dist/'))).toEqual(['README.md', 'package.json'])
  expect(paths.filter((path) => !path.endsWith('.d.ts')).length).toBe(4)
})
it('runs as a module', () => {
  const text = `import { createClient } from '@jasaweb/client'; console.log(createClient({ url: 'http://x.test' }).stats().state)`
  expect(execFileSync(process.execPath, ['--input-type=module', '-e', text], { cwd: folder, encoding: 'utf8' })).toBe(
    'closed\n',
  )
})

function complaints(text: string, moduleResolution: string): string[] {
  writeFileSync(join(folder, 'page.tsx'), text)
  const compilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    jsx: 'react-jsx',
    target: 'ES2024',
    lib: ['ES2024', 'DOM', 'DOM.Iterable'],
    types: [],
    module: moduleResolution === 'bundler' ? 'preserve' : moduleResolution,
    moduleResolution,
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['page.tsx'] }))
  try {
    execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '-p', folder], { encoding: 'utf8' })
    return []
  } catch (error) {
    return (error as { stdout: string }).stdout.split('\n').filter((line) => line !== '')
  }
}
const right = `
import { createClient, type LiveEvents, type LiveMessage } from '@jasaweb/client'
import { useRealtimeStats, useWebSocket } from '@jasaweb/client/react'
const client = createClient({ url: 'https://studio.example', transports: ['websocket'] })
client.on('project.started', ({ type, payload }) => {
  const name: string = payload.data.project.name
  const event: 'project.started' = payload.event
  return [type, name, event]
})
client.on('payment_update', ({ type, payload }) => {
  const exactly: 'payment_update' = type
  if (payload.event === 'invoice.paid') return payload.data.invoice.total + 1
  return exactly
})
client.subscribe('project:1', async (message: LiveMessage) => message.id, { latest: true })
const total: number = ({} as LiveEvents['invoice.paid']).invoice.total
export function Page() {
  const { state, lastMessage, subscribe, ack, stats } = useWebSocket({ autoReconnect: true, reconnectInterval: 1, heartbeatInterval: 1, tokenRefreshInterval: 1 })
  ack('1'); subscribe('system', () => {}); stats().latency?.toFixed(total)
  return state + (lastMessage?.id ?? '') + useRealtimeStats().bytes
}
`
it.each(['nodenext', 'bundler'])('is typed for those who have nothing but the package (%s)', (resolution) => {
  expect(complaints(right, resolution)).toEqual([])
})
it('refuses names and shapes that do not exist', () => {
  const wrong = `
import { createClient } from '@jasaweb/client'
const client = createClient()
client.on('project.exploded', () => {})
client.on('project.started', ({ payload }) => payload.data.project.colour)
client.subscribe('planet:1', () => {})
client.on('user.password_changed', () => {})
`
  expect(
    complaints(wrong, 'nodenext')
      .map((line) => Number(/\((\d+),/.exec(line)?.[1]))
      .filter(Number.isFinite),
  ).toEqual([4, 5, 6, 7])
})
it('knows every event that is pushed, and every type', () => {
  const text = dist('messages.d.ts').toString()
  const live = contractEvents.filter(({ live }) => live !== undefined)
  expect([...text.matchAll(/^ {4}'([^']+)':/gm)].map(([, name]) => name)).toEqual(
    live.map(({ name }) => name).toSorted(),
  )
  expect(new Set(live.map(({ live }) => live))).toEqual(new Set(MessageType.options))
  for (const type of MessageType.options) expect(dist('message.d.ts').toString()).toContain(`'${type}'`)
})
it('lies ready to be served, compressed, under names that change with it', async () => {
  const files = join(folder, 'files')
  await writeFiles(files)
  const names = readdirSync(files).map((name) => name.replace(/\.[0-9a-f]{8}\./, '.#.'))
  expect(names.toSorted()).toEqual(
    ['js', 'js.br', 'js.gz', 'mjs', 'mjs.br', 'mjs.gz'].map((ending) => `jasaweb.#.${ending}`),
  )
  const script = readdirSync(files).find((name) => name.endsWith('.js'))
  const program = `require('node:vm').runInThisContext(require('node:fs').readFileSync(process.argv[1], 'utf8'))
    console.log(Object.keys(globalThis.jasaweb).join())`
  const said = execFileSync(process.execPath, ['-e', program, join(files, script ?? '')], { encoding: 'utf8' })
  expect(said).toBe('TokenRefused,createClient\n')
})
