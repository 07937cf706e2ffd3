// The whole job in a real browser, once in each language: a visitor orders, pays with the pretend phone, and follows the project
// to its completion while the agency works in its console. No page is reloaded by hand after the payment began.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Locale } from '../../src/platform/contract/shapes.ts'
import { m } from '../../src/web/i18n/generated/messages.js'
import { launchBrowser } from '../support/browser.ts'
import { createWorld, OWNER } from '../support/world.ts'
import type { TestWorld } from '../support/world.ts'
import { arrive, button, literal, scan, signIn } from './support.ts'

let world: TestWorld
let browser: Browser
beforeAll(async () => {
  ;[world, browser] = await Promise.all([createWorld({ pages: 'production' }), launchBrowser()])
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await world?.dispose()
})

describe.each(['id', 'en'] as const)('in %s', (locale: Locale) => {
  const say = { locale }
  const project = locale === 'id' ? 'SMA Harapan Bangsa' : 'Harapan Bangsa School'

  /** From the home page through the wizard to the payment page. */
  async function order(page: Page) {
    await page.goto('/')
    expect(await page.locator('html').getAttribute('lang')).toBe(locale)
    expect(await page.locator('script').count()).toBe(0)
    await page.locator('a[href^="/pesan"]').first().click()
    await page.getByRole('radio', { name: locale === 'id' ? /Web Sekolah/ : /School Website/ }).check()
    await button(page, m.public_order_next({}, say)).click()
    await page.getByRole('radio', { name: /Cendekia/ }).check()
    await button(page, m.public_order_next({}, say)).click()
    await page.getByRole('textbox').first().fill(project)
    await button(page, m.public_order_next({}, say)).click()
    await page.getByLabel(m.account_name({}, say)).fill('Ratna Dewi')
    await page.getByLabel(m.account_email({}, say)).first().fill(`ratna-${locale}@sekolah.test`)
    await page.getByLabel(m.account_password({}, say)).first().fill('kopi-tubruk-pagi-hari')
    await button(page, m.public_order_account_create({}, say)).click()
    await page.getByText(project).first().waitFor()
    await page
      .locator('form')
      .filter({ has: page.locator('input[name=key]') })
      .getByRole('button')
      .click()
    await page.waitForURL(/\/portal\/invoices\/[^/]+\/pay$/)
  }

  it('goes from the visitor to the completed project', async () => {
    const client = await arrive(browser, world.url, locale)
    const agency = await arrive(browser, world.url, locale)
    await order(client.page)
    await button(client.page, m.portal_pay_start({}, say)).click()
    const qrString = await scan(client.page, /QR/)

    const phone = await client.context.newPage()
    await phone.goto('/sandbox/wallet')
    await phone.getByLabel(m.sandbox_scan_label({}, say)).fill(qrString)
    await button(phone, m.sandbox_scan_submit({}, say)).click()
    await phone
      .getByRole('button', { name: new RegExp(literal('2.500.000').replace('\\.', '[.,]').replace('\\.', '[.,]')) })
      .click()

    // The payment page turns by itself.
    await client.page.getByText(m.portal_pay_paid_title({}, say)).first().waitFor()
    await client.page.getByRole('link', { name: m.portal_see_project({}, say) }).click()
    await status(client.page, m.portal_project_in_progress({}, say))

    await signIn(agency.page, OWNER.email, OWNER.password, locale)
    await agency.page.waitForURL(/\/console/)
    const id = /projects\/([^/?]+)/.exec(client.page.url())?.[1] ?? ''
    await agency.page.goto(`/console/projects/${id}`)
    await submit(agency.page, locale)

    await status(client.page, m.portal_project_review({}, say))
    await client.page.getByRole('link', { name: m.portal_ask_revision({}, say) }).click()
    const note = locale === 'id' ? 'Tolong ganti foto di beranda.' : 'Please change the picture on the home page.'
    await client.page.getByLabel(m.portal_revision_title({}, say)).fill(note)
    await button(client.page, m.portal_revision_send({}, say)).click()
    await status(client.page, m.portal_project_in_progress({}, say))

    await agency.page.getByText(note).first().waitFor()
    await submit(agency.page, locale)
    await status(client.page, m.portal_project_review({}, say))
    await button(client.page, m.portal_approve({}, say)).click()
    await status(client.page, m.portal_project_completed({}, say))
    await agency.page.getByText(m.portal_project_completed({}, say)).first().waitFor()

    expect([...client.complaints, ...agency.complaints]).toEqual([])
    await Promise.all([client.context.close(), agency.context.close()])
  }, 120_000)
})

const status = (page: Page, word: string) => page.getByText(word, { exact: true }).first().waitFor()

/** The agency hands its work in: the verb opens a question, whose button does it. */
async function submit(page: Page, locale: Locale): Promise<void> {
  await page
    .getByRole('button', { name: m.console_verb_submit({}, { locale }), exact: true })
    .first()
    .click()
  const question = page.getByRole('dialog', { name: m.console_submit_title({}, { locale }) })
  await question.getByRole('button', { name: m.console_submit_submit({}, { locale }), exact: true }).click()
  await question.waitFor({ state: 'hidden' })
}
