// The pages' server bundle: the built one, or the one Vite keeps fresh while developing.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer as createNetServer } from 'node:net'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { resolve } from 'node:path'
import type { RouterContextProvider, ServerBuild } from 'react-router'
import type { PageContext } from '../../web/context.ts'
import type { Locale } from '../../platform/contract/shapes.ts'

/** What `src/web/entry.server.tsx` exports beside React Router's own hooks. */
interface PageEntry {
  createRequestHandler(
    build: ServerBuild,
    mode: string,
  ): (request: Request, context: RouterContextProvider) => Promise<Response>
  provide(context: PageContext): RouterContextProvider
  withLocale<T>(locale: Locale, work: () => T): T
}
export interface PageRenderer {
  render(request: Request, context: PageContext): Promise<Response>
}
export interface PageBuild {
  renderer(): Promise<PageRenderer>
  /** The socket of the live reload, while developing. */
  socket?: string
  /** Lets the bundler answer requests for its own modules; false when the address is not one of them. */
  module?(incoming: IncomingMessage, outgoing: ServerResponse): Promise<boolean>
  close(): Promise<void>
}

function rendererOf(build: ServerBuild, mode: string, publicUrl: string): PageRenderer {
  const entry = build.entry.module as unknown as PageEntry
  // Behind a proxy the Host header may be another one than people see.
  const handle = entry.createRequestHandler({ ...build, allowedActionOrigins: [new URL(publicUrl).host] }, mode)
  return {
    render: (request, context) => entry.withLocale(context.locale, () => handle(request, entry.provide(context))),
  }
}

/** Loads `build/server/index.js`, made by `react-router build`. */
export async function loadBuild(directory: string, publicUrl: string): Promise<PageBuild> {
  const file = resolve(directory, 'server/index.js')
  const build = (await import(pathToFileURL(file).href)) as ServerBuild
  const renderer = rendererOf(build, 'production', publicUrl)
  return { renderer: async () => renderer, close: async () => undefined }
}

export async function developmentBuild(publicUrl: string): Promise<PageBuild> {
  const { createServer } = await import('vite')
  const port = await freePort()
  const vite = await createServer({
    root: fileURLToPath(new URL('../../../', import.meta.url)),
    server: { middlewareMode: true, hmr: { port, clientPort: port } },
    appType: 'custom',
  })
  return {
    socket: `ws://localhost:${port} ws://127.0.0.1:${port}`,
    async renderer() {
      const build = (await vite.ssrLoadModule('virtual:react-router/server-build')) as ServerBuild
      return rendererOf(build, 'development', publicUrl)
    },
    module: (incoming, outgoing) =>
      new Promise((settle, fail) => {
        outgoing.once('close', () => settle(true))
        vite.middlewares(incoming, outgoing, (error: unknown) => (error ? fail(error) : settle(false)))
      }),
    close: () => vite.close(),
  }
}

async function freePort(): Promise<number> {
  const server = createNetServer()
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  await new Promise((closed) => server.close(closed))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}
