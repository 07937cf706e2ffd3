// The bridge between the HTTP door and the pages (React Router). It gives every page its context, carries the cookies of a
// session that an operation opened, sets the page's security policy, and keeps anonymous public pages in memory.
import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'
import type { Caller, SessionEffect } from '../../platform/contract/call.ts'
import type { Locale } from '../../platform/contract/shapes.ts'
import type { CallOptions, PageContext, Theme } from '../../web/context.ts'
import { chooseLocale, isLocale, localeCookie, localeCookieOf } from '../../web/i18n/locale.ts'
import { developmentBuild, loadBuild, type PageBuild } from './page-build.ts'
import { createPageCache } from './page-cache.ts'
import { pageHeaders } from './page-policy.ts'

export interface PageMeta {
  caller: Caller
  requestId: string
  userAgent: string | null
  /** Node's own objects of the request; needed while developing, where Vite answers for its modules. */
  node?: { incoming: IncomingMessage; outgoing: ServerResponse }
}

/** What the dispatcher needs to know of a call that a page makes. */
export interface PageCall extends Pick<PageMeta, 'caller' | 'requestId' | 'userAgent'> {
  locale: Locale
  idempotencyKey: string | null
  session: SessionEffect
}

export interface PagesOptions {
  mode: 'production' | 'development'
  publicUrl: string
  /** Whether payments are played by the sandbox. */
  sandbox: boolean
  now(): Date
  /** Calls the operation of that name through the dispatcher. */
  call(operation: string, input: unknown, call: PageCall): Promise<unknown>
  /** Complete `Set-Cookie` values for the session cookie. */
  sessionCookie: { open(token: string, expiresAt: Date): string; close(): string }
  /** Logs what went wrong while rendering. */
  report(error: unknown, requestId: string): void
  /** Where `react-router build` wrote to; default `build` of the project. */
  buildDirectory?: string
}

export interface Pages {
  /** Answers any request that nothing else answers. In development null means that Vite has already answered. */
  handle(request: Request, meta: PageMeta): Promise<Response | null>
  /** Forgets the kept public pages; call it on every `content.changed`. */
  invalidate(): void
  close(): Promise<void>
}

const projectRoot = fileURLToPath(new URL('../../../', import.meta.url))

export async function createPages(options: PagesOptions): Promise<Pages> {
  const build =
    options.mode === 'development'
      ? await developmentBuild(options.publicUrl)
      : await loadBuild(options.buildDirectory ?? `${projectRoot}build`, options.publicUrl)
  const cache = createPageCache({ now: () => performance.now() })

  return {
    async handle(request, meta) {
      const { pathname, search, searchParams } = new URL(request.url)
      if (build.module && meta.node && (await build.module(meta.node.incoming, meta.node.outgoing))) return null
      if (pathname.length > 1 && pathname.endsWith('/')) return moved(`/${pathname.replace(/^\/+|\/+$/g, '')}${search}`)
      const cookies = cookiesOf(request.headers.get('cookie'))
      // Search engines know each language of a page under `?lang=`; who comes from there stays in that language.
      const asked = searchParams.get('lang')
      const locale = chooseLocale(
        isLocale(asked) ? asked : cookies.get(localeCookie),
        request.headers.get('accept-language'),
      )
      const theme = themeOf(cookies.get('theme'))
      const fresh = async () => {
        const response = await render(options, build, request, meta, locale, theme)
        if (isLocale(asked)) response.headers.append('set-cookie', localeCookieOf(locale, options.publicUrl))
        return response
      }
      const keepable =
        options.mode === 'production' &&
        meta.caller.kind === 'anonymous' &&
        (request.method === 'GET' || request.method === 'HEAD') &&
        search === ''
      // A HEAD must not decide what a GET gets to see, so both are rendered as GET.
      if (!keepable) return fresh()
      const asGet = () =>
        render(options, build, new Request(request.url, { headers: request.headers }), meta, locale, theme)
      return cache.answer(`${locale} ${theme ?? ''} ${pathname}`, request, request.method === 'GET' ? fresh : asGet)
    },
    invalidate: () => cache.invalidate(),
    close: () => build.close(),
  }
}

async function render(
  options: PagesOptions,
  build: PageBuild,
  request: Request,
  meta: PageMeta,
  locale: Locale,
  theme: Theme | null,
) {
  const nonce = randomBytes(16).toString('base64url')
  const cookies: string[] = []
  const session: SessionEffect = {
    open: (token, expiresAt) => cookies.push(options.sessionCookie.open(token, expiresAt)),
    close: () => cookies.push(options.sessionCookie.close()),
  }
  const { caller, requestId, userAgent } = meta
  const call = async (operation: { name: string }, input: unknown, { idempotencyKey }: CallOptions = {}) =>
    options.call(operation.name, input, {
      caller,
      requestId,
      userAgent,
      locale,
      session,
      idempotencyKey: idempotencyKey ?? null,
    })
  const context: PageContext = {
    // The dispatcher answers by the operation's name with what its contract declares.
    call: call as PageContext['call'],
    user: caller.kind === 'user' ? caller.user : null,
    locale,
    theme,
    nonce,
    requestId,
    now: options.now(),
    publicUrl: options.publicUrl,
    sandbox: options.sandbox,
    report: (error) => options.report(error, requestId),
  }
  const renderer = await build.renderer()
  const rendered = await renderer.render(request, context)
  // A response of React Router may have immutable headers.
  const response = new Response(rendered.body, rendered)
  const scripted = options.mode === 'development' || response.headers.get('x-scripted') === 'yes'
  response.headers.delete('x-scripted')
  const development = build.socket === undefined ? undefined : { socket: build.socket }
  pageHeaders(response.headers, { nonce, development }, locale, scripted)
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'private, no-store')
  for (const cookie of cookies) response.headers.append('set-cookie', cookie)
  return response
}

function moved(location: string): Response {
  return new Response(null, { status: 308, headers: { location } })
}

function themeOf(cookie: string | undefined): Theme | null {
  return cookie === 'light' || cookie === 'dark' ? cookie : null
}

function cookiesOf(header: string | null): Map<string, string> {
  const cookies = new Map<string, string>()
  for (const pair of header?.split(';') ?? []) {
    const at = pair.indexOf('=')
    if (at > 0) cookies.set(pair.slice(0, at).trim(), pair.slice(at + 1).trim())
  }
  return cookies
}
