// The client where it is meant to run: as a script of another site, served over the real HTTP door, and in React components.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { build, type Plugin, type Rolldown } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { writeFiles } from '../scripts/client/files.ts'
import { serve, type HttpServer } from '../src/delivery/http/server.ts'
import { createStaticFiles } from '../src/delivery/http/static-files.ts'
import { launchBrowser } from '../test/support/browser.ts'
import { quiet, type TestDatabase } from '../test/support/database.ts'
import { createNotesApp, createNotesDatabase } from '../test/support/door.ts'
import { createPlainServer, type PlainServer } from '../test/support/realtime/plain-server.ts'

let browser: Browser
let server: PlainServer
let page: Page
let complaints: string[]
beforeAll(async () => {
  browser = await launchBrowser()
}, 120_000)
afterAll(() => browser?.close())
beforeEach(async () => {
  server = await createPlainServer()
  page = await browser.newPage()
  complaints = []
  page.on('pageerror', (error) => complaints.push(String(error)))
})
afterEach(async () => {
  await page.close()
  await server.close()
})

/** Opens the page of that HTML on the server. */
async function visit(html: string): Promise<void> {
  server.pages.set('/', `<!doctype html><title>Toko</title>${html}`)
  server.pages.set('/favicon.ico', '')
  await page.goto(`${server.url}/`)
}
const text = (selector: string) => page.locator(selector).textContent({ timeout: 1_000 })

it.each([
  ['a script', (url: string) => `<script src="${url}/client/jasaweb.js"></script><script>begin(jasaweb)</script>`],
  ['a module', (url: string) => `<script type="module">begin(await import('${url}/client/jasaweb.mjs'))</script>`],
])('loads from the application as %s of any site, and is live there', async (_, tag) => {
  const folder = mkdtempSync(join(tmpdir(), 'jasaweb-client-'))
  const database: TestDatabase = await createNotesDatabase()
  await writeFiles(folder)
  const { app } = createNotesApp(database.database, { files: createStaticFiles([], folder) })
  const door: HttpServer = await serve(app, { host: '127.0.0.1', port: 0, log: quiet })
  try {
    const url = `http://localhost:${door.port}`
    const named = await fetch(`${url}/client/jasaweb.js`, { redirect: 'manual' })
    expect([named.status, named.headers.get('cache-control')]).toEqual([302, 'no-cache'])
    const file = await fetch(new URL(named.headers.get('location') ?? '', url))
    expect(file.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    const begin = `function begin({ createClient }) {
      const client = createClient()
      client.on('project.started', ({ payload }) => (document.querySelector('p').textContent = payload.data.project.name))
      client.connect()
    }`
    await visit(`<p></p><script>${begin}</script>${tag(url)}`)
    await vi.waitFor(() => expect(server.peers.size).toBe(1))
    server.publish(['user:me'], 'project.started', { project: { name: 'Situs Kopi' } })
    await vi.waitFor(async () => expect(await text('p')).toBe('Situs Kopi'))
    expect(complaints).toEqual([])
  } finally {
    await door.stop()
    await database.drop()
    rmSync(folder, { recursive: true, force: true })
  }
})

const components = `
import { StrictMode, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { useRealtimeStats, useWebSocket } from './react.ts'

function Listener({ id }) {
  const [gaps, setGaps] = useState(0)
  const { state, lastMessage } = useWebSocket({ onGap: () => setGaps(gaps + 1), reconnectInterval: 20 })
  return <p id={id}>{[state, lastMessage?.payload.event ?? 'nothing', gaps].join(' ')}</p>
}
function Figures() {
  const { received, transport } = useRealtimeStats()
  return <p id="figures">{transport} {received}</p>
}
function Page() {
  const [shown, setShown] = useState(true)
  return <>
    <button onClick={() => setShown(!shown)}>turn</button>
    {shown && <><Listener id="one" /><Listener id="two" /><Figures /></>}
  </>
}
createRoot(document.querySelector('main')).render(<StrictMode><Page /></StrictMode>)
`

it('shares one connection among all components, for as long as there are any', async () => {
  server.pages.set('/page.js', await bundled(components))
  await visit('<main></main><script src="/page.js"></script>')
  await vi.waitFor(async () => expect([await text('#one'), complaints]).toEqual(['live nothing 0', []]), 5_000)
  server.publish(['user:me'], 'project.started')
  for (const id of ['#one', '#two']) await vi.waitFor(async () => expect(await text(id)).toBe('live project.started 0'))
  await vi.waitFor(async () => expect(await text('#figures')).toBe('websocket 1'), 5_000)
  expect([server.tokens, server.opened.length]).toEqual([1, 1])
  server.settings.forgotten = 1e9
  server.cut()
  await vi.waitFor(async () => expect(await text('#two')).toBe('live project.started 1'), 5_000)
  // A moment without any component is no reason to hang up.
  await page.getByRole('button').click()
  await page.getByRole('button').click()
  await vi.waitFor(async () => expect(await text('#one')).toBe('live nothing 0'))
  expect(server.opened.length).toBe(2)
  await page.getByRole('button').click()
  await vi.waitFor(() => expect(server.peers.size).toBe(0), 5_000)
  await page.getByRole('button').click()
  await vi.waitFor(() => expect(server.peers.size).toBe(1), 5_000)
  expect(complaints).toEqual([])
})

async function bundled(source: string): Promise<string> {
  const entry = fileURLToPath(new URL('page-of-a-test.jsx', import.meta.url))
  const page: Plugin = {
    name: 'page',
    resolveId: (id) => (id === entry ? id : null),
    load: (id) => (id === entry ? source : null),
  }
  const result = await build({
    configFile: false,
    root: fileURLToPath(new URL('..', import.meta.url)),
    logLevel: 'warn',
    publicDir: false,
    plugins: [page],
    define: { 'process.env.NODE_ENV': '"development"' },
    build: { write: false, lib: { name: 'page', entry, formats: ['iife'], fileName: 'page' } },
  })
  const [{ output }] = [result].flat() as [Rolldown.RolldownOutput]
  return output[0].code
}
