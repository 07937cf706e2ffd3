// A person with a browser: a context of their own (cookies, language), and the few moves every test makes.
import { AxeBuilder } from '@axe-core/playwright'
import jsQR from 'jsqr'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { PNG } from 'pngjs'
import { expect } from 'vitest'
import type { Locale } from '../../src/platform/contract/shapes.ts'
import { m } from '../../src/web/i18n/generated/messages.js'

export interface Person {
  context: BrowserContext
  page: Page
  /** What the browser complained about: script errors and refused resources. */
  complaints: string[]
}

export async function arrive(
  browser: Browser,
  url: string,
  locale: Locale,
  options: { width?: number } = {},
): Promise<Person> {
  const context = await browser.newContext({
    baseURL: url,
    locale: locale === 'id' ? 'id-ID' : 'en-GB',
    timezoneId: 'Asia/Jakarta',
    viewport: { width: options.width ?? 1280, height: 900 },
    deviceScaleFactor: 2,
  })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  return { context, page, complaints: watch(page) }
}

/** Collects what goes wrong on a page without anybody seeing it. */
export function watch(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} (${page.url()})`)
  })
  return complaints
}

export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

export async function signIn(page: Page, email: string, password: string, locale: Locale): Promise<void> {
  const say = { locale }
  await page.goto('/sign-in')
  await page.getByLabel(m.account_email({}, say)).fill(email)
  await page.getByLabel(m.account_password({}, say)).fill(password)
  await button(page, m.account_sign_in({}, say)).click()
}

export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
}

/** Reads a QR code off the screen, as a phone's camera does. */
export async function scan(page: Page, name: RegExp): Promise<string> {
  const code = page.getByRole('img', { name })
  await code.waitFor()
  const { data, width, height } = PNG.sync.read(await code.screenshot())
  const found = jsQR.default(new Uint8ClampedArray(data), width, height)
  if (!found) throw new Error('There is no readable QR code on the screen')
  return found.data
}

/** Any text, as part of a pattern. */
export const literal = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
