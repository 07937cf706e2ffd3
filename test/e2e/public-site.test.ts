// The public site as people see it, in a real browser: accessible in both themes and languages, nothing that moves or sticks
// out, no script, and an order from the first step to its payment page by forms alone.
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { createWorld, type TestWorld } from '../support/world.ts'

let world: TestWorld
let browser: Browser
let context: BrowserContext | undefined
beforeAll(async () => {
  ;[world, browser] = await Promise.all([createWorld({ pages: 'production' }), launchBrowser()])
})
afterEach(() => context?.close())
afterAll(async () => {
  await browser.close()
  await world.dispose()
})

interface Reader {
  locale: 'id' | 'en'
  theme?: 'light' | 'dark'
  width?: number
  javaScript?: boolean
}

async function open({
  locale,
  theme = 'light',
  width = 390,
  javaScript = true,
}: Reader): Promise<{ page: Page; complaints: string[] }> {
  context = await browser.newContext({ viewport: { width, height: 844 }, javaScriptEnabled: javaScript })
  await context.addCookies([
    { name: 'locale', value: locale, url: world.url },
    { name: 'theme', value: theme, url: world.url },
  ])
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  return { page, complaints }
}

const places = [
  '/',
  '/layanan/company-profile',
  '/layanan/web-sekolah',
  '/layanan/portal-berita',
  '/template',
  '/template/kabar',
  '/harga',
  '/faq',
  '/pesan?plan=sekolah',
  '/sign-in',
  '/sign-up',
  '/forgot-password',
  '/verify-email',
  '/developers/errors/invalid_input',
]

it.each([
  { locale: 'id', theme: 'light', width: 360 },
  { locale: 'en', theme: 'dark', width: 1280 },
] as const)('is accessible and fits the screen in $locale, $theme, at $width px', async (reader) => {
  const { page, complaints } = await open(reader)
  for (const place of places) {
    await page.goto(world.url + place)
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${place} ${id}: ${nodes.map(({ html }) => html).join('\n')}`)).toEqual([])
    const seen = await page.evaluate(() => ({
      scripts: document.scripts.length,
      tooWide: document.documentElement.scrollWidth - window.innerWidth,
      broken: [...document.images]
        .filter((image) => image.complete && image.naturalWidth === 0)
        .map((image) => image.src),
    }))
    expect({ place, ...seen }).toEqual({ place, scripts: 0, tooWide: 0, broken: [] })
  }
  expect(complaints).toEqual([])
})

it('does not move what is already on the screen', async () => {
  const { page } = await open({ locale: 'id', width: 1280 })
  await page.addInitScript(() => {
    const shifts: number[] = []
    Object.assign(window, { shifts })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as PerformanceEntry & { value: number }).value)
    }).observe({ type: 'layout-shift', buffered: true })
  })
  for (const place of ['/', '/template', '/harga']) {
    await page.goto(world.url + place, { waitUntil: 'networkidle' })
    const total = await page.evaluate(() =>
      (window as unknown as { shifts: number[] }).shifts.reduce((sum, value) => sum + value, 0),
    )
    expect({ place, small: total < 0.02, total }).toMatchObject({ place, small: true })
  }
})

it('can be walked by keyboard, past the navigation too', async () => {
  const { page } = await open({ locale: 'id', width: 1280 })
  await page.goto(world.url)
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Langsung ke isi')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.getAttribute('href'))).toBe('/pesan')
})

const words = {
  id: {
    plan: 'Web Sekolah',
    next: 'Lanjut',
    check: 'Periksa kolom yang ditandai',
    create: 'Buat akun dan lanjut',
    place: 'Pesan dan bayar Rp2.500.000',
  },
  en: {
    plan: 'School Website',
    next: 'Continue',
    check: 'Please check the marked fields',
    create: 'Create account and continue',
    place: 'Order and pay Rp2,500,000',
  },
}
it.each(['id', 'en'] as const)('takes an order by forms alone and loses nothing on the way (%s)', async (locale) => {
  const text = words[locale]
  const { page } = await open({ locale, javaScript: false })
  await page.goto(`${world.url}/pesan`)
  await page.getByLabel(text.plan).check()
  await page.getByRole('button', { name: text.next }).click()
  expect(new URL(page.url()).pathname).toBe('/pesan/template')
  await page.getByLabel('Tunas').check()
  await page.getByRole('button', { name: text.next }).click()
  // The name is required; what is wrong is said beside it, and the rest stays.
  await page.locator('[name=npsn]').fill('1234')
  await page.locator('[name=notes]').fill('PPDB mulai Januari.')
  await page.getByRole('button', { name: text.next }).click()
  expect(await page.getByText(text.check).isVisible()).toBe(true)
  expect(await page.locator('[aria-invalid=true]').count()).toBe(2)
  expect(await page.locator('[name=notes]').inputValue()).toBe('PPDB mulai Januari.')
  await page.locator('[name=name]').fill('SD Tunas Harapan')
  await page.locator('[name=npsn]').fill('20401234')
  await page.getByRole('button', { name: text.next }).click()
  expect(new URL(page.url()).pathname).toBe('/pesan/akun')
  // Leaving and coming back, also from another page of the site.
  await page.goto(`${world.url}/faq`)
  await page.goto(`${world.url}/pesan/brief`)
  expect(await page.locator('[name=name]').inputValue()).toBe('SD Tunas Harapan')
  await page.goto(`${world.url}/pesan/akun`)
  const form = page.locator('form', { has: page.locator('[value=register]') })
  await form.locator('[name=name]').fill('Siti Rahma')
  await form.locator('[name=email]').fill(`siti-${locale}@sekolah.test`)
  await form.locator('[name=password]').fill('12345678')
  await form.getByRole('button', { name: text.create }).click()
  expect(await form.locator('[name=email]').inputValue()).toBe(`siti-${locale}@sekolah.test`)
  await form.locator('[name=password]').fill('kopi tubruk pagi hari')
  await form.getByRole('button', { name: text.create }).click()
  expect(new URL(page.url()).pathname).toBe('/pesan/ringkasan')
  const summary = await page.locator('main').innerText()
  for (const kept of ['Tunas', 'SD Tunas Harapan', '20401234', 'PPDB mulai Januari.', 'Siti Rahma'])
    expect(summary).toContain(kept)
  await page.getByRole('button', { name: text.place }).click()
  expect(new URL(page.url()).pathname).toMatch(/^\/portal\/invoices\/[0-9a-f-]{36}\/pay$/)
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const { data } = (await (await world.request('/api/projects', { headers: { cookie } })).json()) as {
    data: { name: string; plan: string; status: string; template: { slug: string } }[]
  }
  expect(data).toMatchObject([
    { name: 'SD Tunas Harapan', plan: 'sekolah', status: 'pending_payment', template: { slug: 'tunas' } },
  ])
  // The draft is gone: the next order begins at its beginning.
  await page.goto(`${world.url}/pesan/ringkasan`)
  expect(new URL(page.url()).pathname).toBe('/pesan')
})

it('carries a choice from another page into the order', async () => {
  const { page } = await open({ locale: 'id', javaScript: false, width: 1280 })
  await page.goto(`${world.url}/template/kabar`)
  await page.getByRole('link', { name: 'Pesan dengan template ini' }).click()
  expect(new URL(page.url()).pathname).toBe('/pesan/brief')
  expect(await page.getByRole('complementary').innerText()).toMatch(/Portal Berita[\s\S]*Rp3\.500\.000[\s\S]*Kabar/)
})

it('lets a person confirm the address, and choose a new password by mail', async () => {
  const { page } = await open({ locale: 'id', javaScript: false })
  await page.goto(`${world.url}/sign-up`)
  await page.locator('[name=name]').fill('Budi Santoso')
  await page.locator('[name=email]').fill('budi@klien.test')
  await page.locator('[name=password]').fill('kopi tubruk pagi hari')
  await page.getByRole('button', { name: 'Buat akun' }).click()
  expect(new URL(page.url()).pathname).toBe('/portal')
  await page.goto(await linkIn('verify_email', 'budi@klien.test'))
  await page.getByRole('button', { name: 'Ya, ini email saya' }).click()
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Alamat email dikonfirmasi')

  await page.goto(`${world.url}/forgot-password`)
  await page.locator('[name=email]').fill('budi@klien.test')
  await page.getByRole('button', { name: 'Kirim tautan' }).click()
  expect(await page.getByText('Jika budi@klien.test terdaftar').isVisible()).toBe(true)
  const link = await linkIn('reset_password', 'budi@klien.test')
  await page.goto(link)
  await page.locator('[name=password]').fill('12345678')
  await page.getByRole('button', { name: 'Simpan kata sandi' }).click()
  expect(await page.getByText('terlalu umum').isVisible()).toBe(true)
  await page.locator('[name=password]').fill('teh poci gula batu')
  await page.getByRole('button', { name: 'Simpan kata sandi' }).click()
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Kata sandi diganti')
  await page.goto(link)
  await page.locator('[name=password]').fill('teh poci gula aren')
  await page.getByRole('button', { name: 'Simpan kata sandi' }).click()
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Tautan ini sudah tidak berlaku')

  await page.goto(`${world.url}/sign-in?next=/portal/account`)
  await page.locator('[name=email]').fill('budi@klien.test')
  await page.locator('[name=password]').fill('salah sekali')
  await page.getByRole('button', { name: 'Masuk' }).click()
  expect(await page.getByText('tidak cocok').isVisible()).toBe(true)
  expect(await page.locator('[name=email]').inputValue()).toBe('budi@klien.test')
  await page.locator('[name=password]').fill('teh poci gula batu')
  await page.getByRole('button', { name: 'Masuk' }).click()
  expect(new URL(page.url()).pathname).toBe('/portal/account')
})

/** The link in the latest mail of that kind to that address, as the owner reads it in the mailbox. */
async function linkIn(kind: string, to: string): Promise<string> {
  const { data } = (await (await world.request('/api/admin/mails?limit=100', { as: 'admin' })).json()) as {
    data: { id: string; kind: string; to: string }[]
  }
  const mail = data.find((each) => each.kind === kind && each.to.includes(to))
  const { text } = (await (await world.request(`/api/admin/mails/${mail?.id}`, { as: 'admin' })).json()) as {
    text: string
  }
  return /https?:\/\/\S+token=\S+/.exec(text)?.[0] ?? `no link in: ${text}`
}
