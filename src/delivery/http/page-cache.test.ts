import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { createPageCache } from './page-cache.ts'

const html = `<p>${'Halo dunia. '.repeat(200)}</p>`
const request = (headers: Record<string, string> = {}, method = 'GET') =>
  new Request('http://localhost/', { headers, method })
function setting({ maxAge = 60_000, maxEntries = 10 } = {}) {
  const clock = { now: 0 }
  const cache = createPageCache({ now: () => clock.now, maxAge, maxEntries })
  let renders = 0
  const page =
    (headers: Record<string, string> = {}, body = html, status = 200) =>
    async () => {
      renders++
      return new Response(body, {
        status,
        headers: { 'cache-control': 'public, max-age=0', 'content-type': 'text/html', ...headers },
      })
    }
  return { clock, cache, page, renders: () => renders }
}

it('renders once, however many ask at the same time, and answers the rest from memory', async () => {
  const { cache, page, renders } = setting()
  const answers = await Promise.all(Array.from({ length: 50 }, () => cache.answer('/', request(), page())))
  expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(Array.from({ length: 50 }, () => html))
  await cache.answer('/', request(), page())
  expect(renders()).toBe(1)
})
it('keeps pages of different keys apart', async () => {
  const { cache, page } = setting()
  await cache.answer('id /', request(), page({}, 'Masuk'))
  expect(await (await cache.answer('en /', request(), page({}, 'Sign in'))).text()).toBe('Sign in')
  expect(await (await cache.answer('id /', request(), page({}, 'other'))).text()).toBe('Masuk')
})
it('sends the same page in the encoding that is asked for', async () => {
  const { cache, page } = setting()
  const br = await cache.answer('/', request({ 'accept-encoding': 'gzip, br' }), page())
  const gz = await cache.answer('/', request({ 'accept-encoding': 'gzip, br;q=0' }), page())
  const plain = await cache.answer('/', request(), page())
  expect([br, gz, plain].map(({ headers }) => headers.get('content-encoding'))).toEqual(['br', 'gzip', null])
  expect(brotliDecompressSync(await br.bytes()).toString()).toBe(html)
  expect(gunzipSync(await gz.bytes()).toString()).toBe(html)
  expect([br, gz, plain].every(({ headers }) => headers.get('vary')?.includes('Accept-Encoding'))).toBe(true)
})
it('answers 304 to who has the page already', async () => {
  const { cache, page } = setting()
  const etag = (await cache.answer('/', request(), page())).headers.get('etag') ?? ''
  const again = await cache.answer('/', request({ 'if-none-match': etag }), page())
  expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag])
  expect((await cache.answer('/', request({ 'if-none-match': '"other"' }), page())).status).toBe(200)
})
it('answers HEAD with the headers alone', async () => {
  const { cache, page } = setting()
  const head = await cache.answer('/', request({}, 'HEAD'), page())
  expect([await head.text(), head.headers.get('content-length')]).toEqual(['', String(html.length)])
  expect(await (await cache.answer('/', request(), page())).text()).toBe(html)
})
it('renders again when the page is too old', async () => {
  const { cache, page, clock, renders } = setting({ maxAge: 100 })
  await cache.answer('/', request(), page())
  clock.now = 99
  await cache.answer('/', request(), page())
  expect(renders()).toBe(1)
  clock.now = 100
  await cache.answer('/', request(), page())
  expect(renders()).toBe(2)
})
it('does not keep what was rendered from content that changed meanwhile', async () => {
  const { cache, page, renders } = setting()
  let release = () => {}
  const slow = cache.answer('/', request(), async () => {
    await new Promise<void>((resolve) => (release = resolve))
    return page({}, 'old')()
  })
  cache.invalidate()
  expect(await (await cache.answer('/', request(), page({}, 'new'))).text()).toBe('new')
  release()
  expect(await (await slow).text()).toBe('old')
  expect(await (await cache.answer('/', request(), page({}, 'newer'))).text()).toBe('new')
  expect(renders()).toBe(2)
})
it.each([
  ['a private page', { 'cache-control': 'private, no-store' }, 200],
  ['a page that sets a cookie', { 'set-cookie': 'a=b' }, 200],
  ['an error', {}, 404],
  ['a redirect', { location: '/' }, 302],
])('never keeps %s', async (_, headers, status) => {
  const { cache, page, renders } = setting()
  for (let turn = 1; turn <= 2; turn++) {
    const answer = await cache.answer('/', request(), page(headers, html, status))
    expect([answer.status, await answer.text(), renders()]).toEqual([status, html, turn])
  }
})
it('never gives one reader what was rendered for another', async () => {
  const { cache, page } = setting()
  const private_ = { 'cache-control': 'private, no-store' }
  const names = ['Ani', 'Budi', 'Citra', 'Dewi']
  for (let round = 0; round < 3; round++) {
    const answers = await Promise.all(
      names.map((name) => cache.answer('/pesan', request(), page(private_, `draft of ${name}`))),
    )
    expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(names.map((name) => `draft of ${name}`))
  }
})
it('keeps a page that could not be kept before, after an outage or a change', async () => {
  const { cache, page, renders } = setting()
  await cache.answer('/', request(), page({}, 'busy', 503))
  await cache.answer('/', request(), page())
  await cache.answer('/', request(), page())
  expect(renders()).toBe(2)
})
it('tries again after a rendering that failed', async () => {
  const { cache, page } = setting()
  await expect(cache.answer('/', request(), () => Promise.reject(new Error('no database')))).rejects.toThrow(
    'no database',
  )
  expect((await cache.answer('/', request(), page())).status).toBe(200)
})
it('holds no more pages than it may', async () => {
  const { cache, page, renders } = setting({ maxEntries: 2 })
  for (const key of ['a', 'b', 'c', 'c', 'b', 'a']) await cache.answer(key, request(), page())
  expect(renders()).toBe(4)
})
