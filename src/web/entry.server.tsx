// Renders a page to one complete piece of HTML, and exports what the bridge needs from inside the bundle: the bundle's own
// router, context key and locale storage. Pages are short: a whole answer compresses, caches and fails better than a stream.
import { Writable } from 'node:stream'
import { renderToPipeableStream } from 'react-dom/server'
import { isRouteErrorResponse, RouterContextProvider, ServerRouter, type EntryContext } from 'react-router'
import { page, type PageContext } from './context.ts'
import { DocumentContext } from './document-context.ts'
import { adoptProblem } from './problem.ts'
import { markPage } from './route-handle.ts'

export { createRequestHandler } from 'react-router'
export { withLocale } from './i18n/request-locale.server.ts'

export function provide(value: PageContext): RouterContextProvider {
  const provider = new RouterContextProvider()
  const call: PageContext['call'] = async (operation, input, options) => {
    try {
      return await value.call(operation, input, options)
    } catch (error) {
      throw adoptProblem(error) ?? error
    }
  }
  provider.set(page, { ...value, call })
  return provider
}

export function handleError(
  error: unknown,
  { request, context }: { request: Request; context: Readonly<RouterContextProvider> },
) {
  // What was asked for wrongly is the reader's to set right, and is in the access log.
  if (request.signal.aborted || (isRouteErrorResponse(error) && error.status < 500)) return
  context.get(page).report(error)
}

/** A rendering that waits longer than this for its data is given up. */
const patience = 10_000

export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  entry: EntryContext,
  context: RouterContextProvider,
): Promise<Response> {
  const { nonce, theme } = context.get(page)
  headers.set('Content-Type', 'text/html; charset=utf-8')
  markPage(headers, entry)
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const sink = new Writable({
      write(chunk: Buffer, _encoding, done) {
        chunks.push(chunk)
        done()
      },
      final(done) {
        done()
        resolve(new Response(Buffer.concat(chunks), { status, headers }))
      },
    })
    let failed: unknown
    const { pipe, abort } = renderToPipeableStream(
      <DocumentContext value={{ nonce, theme: theme ?? undefined }}>
        <ServerRouter context={entry} url={request.url} nonce={nonce} />
      </DocumentContext>,
      {
        nonce,
        // Otherwise React moves large finished boundaries to the end, with inline scripts that put them in place.
        progressiveChunkSize: Number.POSITIVE_INFINITY,
        onAllReady() {
          clearTimeout(timer)
          if (failed === undefined) pipe(sink)
          else reject(failed)
        },
        onShellError: reject,
        onError(error) {
          failed ??= error
        },
      },
    )
    const timer = setTimeout(() => abort(new Error(`rendering took longer than ${patience} ms`)), patience)
  })
}
