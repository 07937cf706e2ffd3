// The built pages in the real application: what readers get over HTTP, without JavaScript.
import { readFileSync, readdirSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createWorld, type TestWorld } from '../../../test/support/world.ts'

let world: TestWorld
beforeAll(async () => {
  world = await createWorld({ pages: 'production' })
})
afterAll(() => world.dispose())

const publicPaths = [
  '/',
  '/layanan/company-profile',
  '/layanan/web-sekolah',
  '/layanan/portal-berita',
  '/template',
  '/template/karsa',
  '/harga',
  '/faq',
  '/pesan',
  '/sign-in',
  '/sign-up',
  '/forgot-password',
  '/reset-password?token=x',
  '/verify-email?token=x',
  '/developers/errors/not_found',
]
const get = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await world.request(path, { headers })
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}

it.each(publicPaths)('serves %s as plain HTML that may run no script', async (path) => {
  const { status, headers, text } = await get(path)
  expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  expect(text).not.toMatch(/<script|modulepreload|\son\w+="|style="/)
  expect(headers.get('content-security-policy')).toContain(`script-src 'none'`)
  expect(headers.get('content-security-policy')).toContain(`frame-ancestors 'none'`)
  expect(headers.get('vary')).toContain('Accept-Language')
})
it('answers in the language that is chosen, asked for, or usual', async () => {
  const title = async (path: string, headers: Record<string, string>) =>
    /<html lang="(\w+)"[\s\S]*?<h1[^>]*>([^<]*)/.exec((await get(path, headers)).text)?.slice(1)
  expect(await title('/harga', {})).toEqual(['id', 'Satu harga, tertulis di sini'])
  expect(await title('/harga', { 'accept-language': 'en-GB,en;q=0.9' })).toEqual([
    'en',
    'One price, written right here',
  ])
  expect(await title('/harga', { 'accept-language': 'en', cookie: 'locale=id' })).toEqual([
    'id',
    'Satu harga, tertulis di sini',
  ])
  const asked = await get('/harga?lang=en', { cookie: 'locale=id' })
  expect(asked.text).toContain('<html lang="en"')
  expect(asked.headers.getSetCookie().join()).toContain('locale=en')
})
it('never mixes languages of requests at the same time', async () => {
  const answers = await Promise.all(
    Array.from({ length: 40 }, async (_, index) => {
      const lang = index % 2 ? 'en' : 'id'
      // A query keeps the page out of memory, so that each is rendered.
      const { text } = await get(`/faq?n=${index}`, { 'accept-language': lang })
      return [
        lang,
        /<html lang="(\w+)"/.exec(text)?.[1],
        text.includes('Questions and answers'),
        text.includes('Belum terjawab?'),
      ]
    }),
  )
  for (const [lang, html, english, indonesian] of answers)
    expect([html, english, indonesian]).toEqual([lang, lang === 'en', lang === 'id'])
})
it('remembers a choice of language and theme without JavaScript, and returns to the page', async () => {
  const choose = (body: string) =>
    world.request('/preferences', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
  const answer = await choose('locale=en&theme=dark&back=%2Fharga')
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/harga'])
  const cookie = answer.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')
  expect((await get('/harga', { cookie })).text).toMatch(/<html lang="en" data-theme="dark"/)
  for (const back of ['https://evil.test', '//evil.test', '/\\evil.test']) {
    expect((await choose(`locale=id&back=${encodeURIComponent(back)}`)).headers.get('location')).toBe('/')
  }
})
it('keeps public pages in memory, compressed, with an entity tag, until the content changes', async () => {
  const first = await get('/harga')
  const etag = first.headers.get('etag') ?? ''
  expect(first.headers.get('cache-control')).toBe('public, max-age=0, must-revalidate')
  expect((await get('/harga', { 'if-none-match': etag })).status).toBe(304)
  const { data: plans } = (await (await world.request('/api/admin/plans', { as: 'admin' })).json()) as {
    data: { id: string; slug: string }[]
  }
  const plan = plans.find(({ slug }) => slug === 'company')
  const changed = await world.request(`/api/admin/plans/${plan?.id}`, {
    method: 'PATCH',
    as: 'admin',
    body: { price: 2_123_000 },
  })
  expect(changed.status).toBe(200)
  await expect.poll(async () => (await get('/harga')).text, { timeout: 5000 }).toContain('Rp2.123.000')
  await world.request(`/api/admin/plans/${plan?.id}`, { method: 'PATCH', as: 'admin', body: { price: 2_000_000 } })
})
it('never keeps what a signed-in reader sees', async () => {
  const cookie = await world.cookieOf('client')
  const mine = await get('/harga', { cookie })
  expect(mine.text).toContain('Portal saya')
  expect(mine.headers.get('etag')).toBeNull()
  expect((await get('/harga')).text).not.toContain('Portal saya')
})
it('leads strangers to the sign-in and back, and everybody to their own part', async () => {
  const place = async (path: string, as?: string) => {
    const answer = await world.request(path, as ? { as } : {})
    return [answer.status, answer.headers.get('location')]
  }
  expect(await place('/portal')).toEqual([302, '/sign-in?next=%2Fportal'])
  expect(await place('/console?x=1')).toEqual([302, '/sign-in?next=%2Fconsole%3Fx%3D1'])
  expect(await place('/portal.data')).toEqual([202, null])
  expect(await place('/console', 'client')).toEqual([403, null])
  expect(await place('/portal', 'admin')).toEqual([302, '/console'])
  expect((await world.request('/portal', { as: 'client' })).status).toBe(200)
})
it('starts portal and console from one script with a nonce', async () => {
  const { text, headers } = await get('/portal', { cookie: await world.cookieOf('client') })
  const nonce = /'nonce-([\w-]+)' 'strict-dynamic'/.exec(headers.get('content-security-policy') ?? '')?.[1]
  expect(nonce).toHaveLength(22)
  const scripts = text.match(/<script[^>]*>/g) ?? []
  expect(scripts.length).toBeGreaterThan(0)
  for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`)
  expect(text).not.toMatch(/\sstyle="/)
  expect(headers.get('cache-control')).toBe('private, no-store')
})
it('answers what is not there with a page that says so, in the right status', async () => {
  for (const path of ['/nope', '/layanan/nope', '/template/nope', '/developers/errors/nope', '/a/b/c.html']) {
    const { status, text } = await get(path)
    expect([path, status, text.includes('Halaman ini tidak ada')]).toEqual([path, 404, true])
  }
  expect([(await get('/harga/')).status, (await get('/harga/')).headers.get('location')]).toEqual([308, '/harga'])
  expect((await get('//evil.test/')).headers.get('location') ?? '/').toMatch(/^\/(?!\/)/)
})
it('tells search engines what to read, in both languages', async () => {
  const robots = await get('/robots.txt')
  expect(robots.text).toContain(`Sitemap: ${world.url}/sitemap.xml`)
  const sitemap = await get('/sitemap.xml')
  expect(sitemap.headers.get('content-type')).toContain('application/xml')
  const addresses = [...sitemap.text.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address]) =>
    (address ?? '').replace(world.url, ''),
  )
  expect(addresses).toEqual(expect.arrayContaining(['/', '/layanan/web-sekolah', '/template/karsa', '/harga', '/faq']))
  for (const path of addresses) {
    const { status, text } = await get(path)
    expect([path, status]).toEqual([path, 200])
    expect(text).toContain(`<link rel="alternate" hrefLang="en" href="${world.url}${path}?lang=en"/>`)
    expect(text).toMatch(/<meta name="description" content="[^"]{50,}"/)
  }
})
it('refuses forms that come from another site', async () => {
  const answer = await world.request('/sign-in', {
    method: 'POST',
    body: 'email=a%40b.test&password=x',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: 'https://evil.test',
      'sec-fetch-site': 'cross-site',
    },
  })
  expect(answer.status).toBe(403)
})
it('gives the browser of a client no message of the console', () => {
  const folder = new URL('../../../build/client/assets/', import.meta.url)
  const manifest = readdirSync(folder).find((name) => /^manifest-.*\.js$/.test(name)) ?? ''
  const source = readFileSync(new URL(manifest, folder), 'utf8')
  const { routes } = JSON.parse(source.slice(source.indexOf('{'), source.lastIndexOf('}') + 1)) as {
    routes: Record<string, { module: string; imports: string[] }>
  }
  const client = Object.entries(routes).filter(([id]) => id === 'root' || id.startsWith('routes/portal/'))
  const files = new Set(
    client.flatMap(([, { module, imports }]) => [module, ...imports]).map((file) => file.split('/').at(-1) ?? ''),
  )
  expect(files.size).toBeGreaterThan(5)
  const textsOf = (area: string) =>
    Object.values(
      JSON.parse(readFileSync(new URL(`../../web/i18n/messages/${area}/en.json`, import.meta.url), 'utf8')) as Record<
        string,
        unknown
      >,
    )
  // The same words may be said in the portal too.
  const own = new Set(['common', 'portal', 'problems', 'account'].flatMap(textsOf))
  const telling = textsOf('console').filter(
    (text): text is string => typeof text === 'string' && text.length > 25 && !text.includes('{') && !own.has(text),
  )
  expect(telling.length).toBeGreaterThan(5)
  for (const file of files) {
    const code = readFileSync(new URL(file, folder), 'utf8')
    for (const text of telling) expect(code.includes(text), `${file} holds “${text}”`).toBe(false)
  }
})
