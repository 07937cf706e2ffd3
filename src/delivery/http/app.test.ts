import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accounts, createNotesApp, createNotesDatabase, recordingLog } from '../../../test/support/door.ts'
import type { TestDatabase } from '../../../test/support/database.ts'
import { newId } from '../../platform/ids.ts'
import type { HttpAppOptions } from './app.ts'
import type { ProblemBody } from './problem-response.ts'

let test: TestDatabase
let app: ReturnType<typeof createNotesApp>['app']
beforeAll(async () => {
  test = await createNotesDatabase()
})
afterAll(() => test.drop())
beforeEach(() => {
  app = createNotesApp(test.database).app
})

type Fields = Record<string, string>
const send = (method: string, path: string, headers: Fields = {}, body?: BodyInit) =>
  app.request(`http://jasaweb.test${path}`, { method, headers, ...(body === undefined ? {} : { body }) })
const JSON_TYPE = { 'content-type': 'application/json' }
const shout = (body: BodyInit, headers: Fields = JSON_TYPE) => send('POST', '/api/shout', headers, body)
const asClient = { cookie: 'jasaweb=client' }
const write = (text: string, key: string) =>
  send('POST', '/api/notes', { ...JSON_TYPE, ...asClient, 'idempotency-key': key }, JSON.stringify({ text }))
async function problemOf(response: Response): Promise<ProblemBody> {
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const body = (await response.json()) as ProblemBody
  expect(body.status).toBe(response.status)
  expect(body.type).toBe(`http://jasaweb.test/developers/errors/${body.code}`)
  expect(body.requestId).toBe(response.headers.get('x-request-id'))
  return body
}

describe('routes', () => {
  it('answer with the status and the JSON that the operation declares', async () => {
    const written = await write('hello', newId())
    expect(written.status).toBe(201)
    const note = (await written.json()) as { id: string }
    const read = await send('GET', `/api/notes/${note.id}`, asClient)
    expect([read.status, read.headers.get('content-type')]).toEqual([200, 'application/json'])
    expect(await read.json()).toEqual(note)
    const dropped = await send('DELETE', `/api/notes/${note.id}`, { cookie: 'jasaweb=admin' })
    expect([dropped.status, await dropped.text(), dropped.headers.get('content-type')]).toEqual([204, '', null])
  })

  it('prefer a fixed name over a parameter, in whatever order they were declared', async () => {
    expect(await (await send('GET', '/api/notes/counts', asClient)).json()).toEqual({
      notes: expect.any(Number) as number,
    })
  })

  it('unknown to the registry are a 404 problem, under every reserved name', async () => {
    for (const path of ['/api', '/api/nothing', '/api/notes/', '/health', '/.well-known/x', '/sandbox/wallet']) {
      const response = await send('GET', path)
      expect((await problemOf(response)).code).toBe('not_found')
    }
  })

  it('tell which methods they have', async () => {
    const wrong = await send('PUT', '/api/notes')
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, POST, HEAD, OPTIONS'])
    expect((await problemOf(wrong)).code).toBe('method_not_allowed')
    const asked = await send('OPTIONS', '/api/notes')
    expect([asked.status, asked.headers.get('allow')]).toEqual([204, 'GET, POST, HEAD, OPTIONS'])
    const head = await send('HEAD', '/api/news')
    expect([head.status, await head.text()]).toEqual([200, ''])
  })

  it('refuse a parameter that is not valid, with a pointer', async () => {
    const problem = await problemOf(await send('GET', '/api/notes/42', asClient))
    expect([problem.code, problem.errors?.[0]?.pointer]).toEqual(['invalid_input', '/id'])
    expect((await problemOf(await send('GET', '/api/notes/%E0%A4%A', asClient))).code).toBe('malformed_request')
    expect((await problemOf(await send('GET', '/api/notes/%ff', asClient))).code).toBe('malformed_request')
    expect((await problemOf(await send('GET', '/api/notes/%00', asClient))).code).toBe('invalid_input')
  })

  it('take the query of a GET, each name once', async () => {
    expect((await send('GET', '/api/notes?limit=5', asClient)).status).toBe(200)
    expect((await problemOf(await send('GET', '/api/notes?limit=5&limit=6', asClient))).errors?.[0]?.pointer).toBe(
      '/limit',
    )
    expect((await problemOf(await send('GET', '/api/notes?colour=red', asClient))).errors?.[0]?.pointer).toBe('/colour')
    expect((await problemOf(await send('GET', '/api/notes?__proto__=x', asClient))).code).toBe('invalid_input')
    expect((await problemOf(await send('GET', '/api/notes?limit=%E0%A4%A', asClient))).code).toBe('malformed_request')
    expect(
      (
        await problemOf(
          await send('DELETE', `/api/notes/${newId()}`, { cookie: 'jasaweb=admin', 'content-length': '2' }, '{}'),
        )
      ).code,
    ).toBe('malformed_request')
  })
})

describe('bodies', () => {
  it.each<[string, BodyInit, Fields, number, string]>([
    ['no media type', '{}', { 'content-type': '' }, 415, 'unsupported_media_type'],
    ['a form', 'text=a', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'unsupported_media_type'],
    ['text', '{"text":"a"}', { 'content-type': 'text/plain' }, 415, 'unsupported_media_type'],
    [
      'another charset',
      '{"text":"a"}',
      { 'content-type': 'application/json; charset=latin1' },
      415,
      'unsupported_media_type',
    ],
    ['compressed', '{"text":"a"}', { ...JSON_TYPE, 'content-encoding': 'gzip' }, 415, 'unsupported_media_type'],
    ['half a text', '{"text":', JSON_TYPE, 400, 'malformed_request'],
    ['a repeated name', '{"text":"a","text":"b"}', JSON_TYPE, 400, 'malformed_request'],
    ['invalid UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]), JSON_TYPE, 400, 'malformed_request'],
    ['a list', '[]', JSON_TYPE, 422, 'invalid_input'],
    ['null', 'null', JSON_TYPE, 422, 'invalid_input'],
    ['__proto__', '{"text":"a","__proto__":{"x":1}}', JSON_TYPE, 422, 'invalid_input'],
    ['a NUL', '{"text":"a\\u0000"}', JSON_TYPE, 422, 'invalid_input'],
    ['half a surrogate pair', '{"text":"\\ud800"}', JSON_TYPE, 422, 'invalid_input'],
    [
      'endless nesting',
      `{"text":"a","mood":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      JSON_TYPE,
      400,
      'malformed_request',
    ],
    ['too much', `{"text":"${'a'.repeat(270_000)}"}`, JSON_TYPE, 413, 'body_too_large'],
    ['nothing', '', JSON_TYPE, 422, 'invalid_input'],
  ])('that are %s are refused', async (_what, body, headers, status, code) => {
    const response = await shout(body, headers)
    expect([response.status, (await problemOf(response)).code]).toEqual([status, code])
  })

  it('say at which place a text is broken', async () => {
    expect((await problemOf(await shout('{\n  "text": oops\n}'))).detail).toContain('position 12 (line 2, column 11)')
  })

  it('are read no further than the limit when their length is not stated', async () => {
    let sent = 0
    const endless = new ReadableStream({
      pull(controller) {
        sent += 65_536
        controller.enqueue(new Uint8Array(65_536).fill(0x20))
      },
    })
    const response = await app.request('http://jasaweb.test/api/shout', {
      method: 'POST',
      headers: JSON_TYPE,
      body: endless,
      duplex: 'half',
    } as RequestInit)
    expect(response.status).toBe(413)
    expect(response.headers.get('connection')).toBe('close')
    expect(sent).toBeLessThan(600_000)
  })

  it('may be announced with a charset, and may be left out where nothing is needed', async () => {
    expect((await shout('{"text":"é"}', { 'content-type': 'application/json; charset=UTF-8' })).status).toBe(200)
    expect((await send('POST', '/api/auth/enter')).status).toBe(200)
  })
})

describe('identity', () => {
  it('comes from the cookie or a bearer token', async () => {
    expect((await send('GET', '/api/notes', asClient)).status).toBe(200)
    expect((await send('GET', '/api/notes', { authorization: 'Bearer client' })).status).toBe(200)
  })

  it('is asked for with a challenge', async () => {
    const response = await send('GET', '/api/notes')
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
    const invalid = await send('GET', '/api/notes', { authorization: 'Bearer stale', ...asClient })
    expect([invalid.status, invalid.headers.get('www-authenticate')]).toEqual([401, 'Bearer error="invalid_token"'])
  })

  it('of an expired session is nobody, and the cookie goes', async () => {
    const response = await send('GET', '/api/news', { cookie: 'jasaweb=expired' })
    expect(response.status).toBe(200)
    expect(response.headers.get('set-cookie')).toBe('jasaweb=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0')
    expect((await send('GET', '/api/notes', { cookie: 'jasaweb=expired' })).status).toBe(401)
  })

  it('is kept and dropped as the operation says', async () => {
    expect((await send('POST', '/api/auth/enter', { cookie: 'jasaweb=expired' })).headers.get('set-cookie')).toContain(
      'jasaweb=client; Path=/; HttpOnly; SameSite=Lax; Expires=',
    )
    expect((await send('POST', '/api/auth/leave', asClient)).headers.get('set-cookie')).toContain('Max-Age=0')
  })

  it('does not help another site', async () => {
    const response = await send(
      'POST',
      '/api/notes',
      { ...JSON_TYPE, ...asClient, origin: 'https://evil.example', 'idempotency-key': newId() },
      '{"text":"a"}',
    )
    expect([response.status, (await problemOf(response)).code]).toEqual([403, 'cross_site_request'])
  })
})

describe('repetitions', () => {
  it('are marked and otherwise the same', async () => {
    const key = newId()
    const [first, again] = [await write('a', key), await write('a', key)]
    expect([first.headers.get('idempotency-replayed'), again.headers.get('idempotency-replayed')]).toEqual([
      null,
      'true',
    ])
    expect([again.status, await again.text()]).toEqual([201, await first.text()])
  })
})

describe('reading again', () => {
  it('costs nothing when nothing has changed', async () => {
    const first = await send('GET', '/api/news')
    const tag = first.headers.get('etag') ?? ''
    const again = await send('GET', '/api/news', { 'if-none-match': `"x", ${tag}` })
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', tag])
    expect((await send('GET', '/api/news', { 'if-none-match': '"x"' })).status).toBe(200)
  })

  it('is never kept by others when it is personal', async () => {
    expect((await send('GET', '/api/notes', asClient)).headers.get('cache-control')).toBe('private, no-store')
    expect((await send('GET', '/api/news')).headers.get('cache-control')).toBe('no-cache')
  })

  it('is compressed when that is worth it and reveals nothing', async () => {
    const accepts = { 'accept-encoding': 'gzip, br;q=0.5' }
    const news = await send('GET', '/api/news', accepts)
    expect(news.headers.get('content-encoding')).toBe('br')
    expect(Buffer.from(await news.arrayBuffer()).length).toBeLessThan(500)
    expect(
      (await send('GET', '/api/notes/counts', { ...accepts, ...asClient })).headers.get('content-encoding'),
    ).toBeNull()
    expect(
      (await send('GET', '/api/news', { 'accept-encoding': 'br;q=0, gzip;q=0' })).headers.get('content-encoding'),
    ).toBeNull()
  })

  it('goes from page to page by links', async () => {
    await test.database.pool.query('truncate notes')
    for (const text of ['1', '2', '3']) await write(text, newId())
    const texts: string[] = []
    let path: string | undefined = '/api/notes?limit=2'
    while (path) {
      const response: Response = await send('GET', path, asClient)
      const page = (await response.json()) as { data: { text: string }[] }
      texts.push(...page.data.map(({ text }) => text))
      path = /^<([^>]+)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1]
    }
    expect(texts).toEqual(['1', '2', '3'])
  })
})

describe('every answer', () => {
  it('carries the security headers, whatever its status', async () => {
    for (const path of ['/api/news', '/api/notes', '/nothing', '/health/live', '/api/openapi.json']) {
      const { headers } = await send('GET', path)
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'")
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(headers.get('referrer-policy')).toBe('same-origin')
      expect(headers.get('permissions-policy')).toContain('camera=()')
      expect(headers.get('strict-transport-security')).toBeNull()
    }
  })

  it('asks for https when that is how people come', async () => {
    const secure = createNotesApp(test.database, { publicUrl: 'https://agency.example' }).app
    expect((await secure.request('/api/news')).headers.get('strict-transport-security')).toBe('max-age=31536000')
  })

  it('has the request id of the caller if it is sane, else a new one', async () => {
    expect((await send('GET', '/api/news', { 'x-request-id': 'trace-12345678' })).headers.get('x-request-id')).toBe(
      'trace-12345678',
    )
    expect((await send('GET', '/api/news', { 'x-request-id': 'a b<script>' })).headers.get('x-request-id')).toMatch(
      /^[0-9a-f-]{36}$/,
    )
  })

  it('tells the state of the limit, and when to come back', async () => {
    app = createNotesApp(test.database, { quota: 4 }).app
    const first = await shout('{"text":"a"}')
    expect(first.headers.get('ratelimit-policy')).toBe('"default";q=4;w=60')
    expect(first.headers.get('ratelimit')).toBe('"default";r=1;t=45')
    const second = await shout('{"text":"a"}')
    expect([second.status, second.headers.get('retry-after'), second.headers.get('ratelimit')]).toEqual([
      429,
      '30',
      '"default";r=1;t=30',
    ])
  })

  it('of a fault of ours is a problem without its reason', async () => {
    const response = await send('POST', '/api/stumble', JSON_TYPE, '{"how":"throw"}')
    expect(response.status).toBe(500)
    expect(JSON.stringify(await problemOf(response))).not.toContain('4711')
    const lost = await send('POST', '/api/stumble', JSON_TYPE, '{"how":"lost"}')
    expect([lost.status, lost.headers.get('retry-after')]).toEqual([503, '2'])
  })

  it('speaks the language that was asked for', async () => {
    const localeOf = async (headers: Fields) =>
      ((await (await shout('{"text":"a"}', { ...JSON_TYPE, ...headers })).json()) as { locale: string }).locale
    expect(await localeOf({ 'accept-language': 'en-GB,en;q=0.9' })).toBe('en')
    expect(await localeOf({ 'accept-language': 'fr' })).toBe('id')
    expect(await localeOf({ ...asClient, 'accept-language': '*' })).toBe('id')
  })
})

describe('the log', () => {
  const logged = async (path: string, headers: Fields, more: Partial<HttpAppOptions> = {}) => {
    const { log, lines } = recordingLog()
    const watched = createNotesApp(test.database, { log, ...more }).app
    const response = await watched.request(`http://jasaweb.test${path}`, { headers })
    return { lines, response }
  }

  it('has one line a request, with the pattern of the route and who called', async () => {
    const id = newId()
    const { lines } = await logged(`/api/notes/${id}?x=1`, { ...asClient, 'x-request-id': 'trace-12345678' })
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatchObject({
      msg: 'request',
      method: 'GET',
      route: '/api/notes/{id}',
      status: 422,
      caller: accounts.client.id,
      requestId: 'trace-12345678',
      bytes: expect.any(Number) as number,
    })
  })

  it('holds no query, cookie or token', async () => {
    const { lines } = await logged('/api/notes?search=geheim', {
      cookie: 'jasaweb=client; other=geheim',
      authorization: 'Bearer geheim',
    })
    expect(JSON.stringify(lines)).not.toContain('geheim')
  })

  it('has a line for what was refused at the door too', async () => {
    const { lines } = await logged('/%ff', {})
    expect(lines).toMatchObject([{ msg: 'request', status: 400, route: '-' }])
  })
})

describe('what is no operation', () => {
  it('is answered by a slice or by the pages, with the headers of the house', async () => {
    app = createNotesApp(test.database, {
      slices: [{ routes: (routes) => void routes.get('/sandbox/hello', (context) => context.text('hi')) }],
      pages: {
        handle: async (_request, meta) =>
          new Response(`page for ${meta.caller.kind}`, {
            headers: { 'content-security-policy': "script-src 'nonce-1'", 'content-type': 'text/html' },
          }),
      },
    }).app
    const slice = await send('GET', '/sandbox/hello')
    expect([await slice.text(), slice.headers.get('x-frame-options')]).toEqual(['hi', 'DENY'])
    expect(slice.headers.get('content-security-policy')).toContain("default-src 'none'")
    const page = await send('GET', '/harga', asClient)
    expect([await page.text(), page.headers.get('content-security-policy')]).toEqual([
      'page for user',
      "script-src 'nonce-1'",
    ])
    expect(page.headers.get('x-request-id')).not.toBeNull()
    expect((await send('GET', '/harga', { cookie: 'jasaweb=expired' })).headers.get('set-cookie')).toContain(
      'Max-Age=0',
    )
    expect((await send('GET', '/api/nothing')).status).toBe(404)
  })

  it('gets no body of unknown or excessive length', async () => {
    app = createNotesApp(test.database, { pages: { handle: async () => new Response('a page') } }).app
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await send('POST', '/pesan', { ...form, 'transfer-encoding': 'chunked' })).status).toBe(400)
    expect((await send('POST', '/pesan', { ...form, 'content-length': '300000' })).status).toBe(413)
    expect((await send('POST', '/pesan', { ...form, 'content-length': '10' })).status).toBe(200)
  })

  it('that the database does not answer asks to come again, and is no fault of the program', async () => {
    const lost = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
    app = createNotesApp(test.database, { pages: { handle: () => Promise.reject(lost) } }).app
    const answer = await send('GET', '/harga')
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2'])
    expect((await problemOf(answer)).code).toBe('unavailable')
  })

  it('that fails is a problem and is logged', async () => {
    const { log, lines } = recordingLog()
    app = createNotesApp(test.database, { log, pages: { handle: () => Promise.reject(new Error('a page broke')) } }).app
    expect((await problemOf(await send('GET', '/harga'))).code).toBe('internal_error')
    expect(lines).toContainEqual(
      expect.objectContaining({
        msg: 'a request failed',
        err: expect.objectContaining({ message: 'a page broke' }) as unknown,
      }),
    )
  })
})
