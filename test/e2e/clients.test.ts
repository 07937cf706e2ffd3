// A client's account is blocked from its page in the console: whoever uses it is out at once, and in again once it is unblocked.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { m } from '../../src/web/i18n/generated/messages.js'
import { launchBrowser } from '../support/browser.ts'
import { createWorld, OWNER } from '../support/world.ts'
import type { TestWorld } from '../support/world.ts'
import { arrive, button, expectAccessible, signIn } from './support.ts'

let world: TestWorld
let browser: Browser
beforeAll(async () => {
  ;[world, browser] = await Promise.all([createWorld({ pages: 'production' }), launchBrowser()])
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await world?.dispose()
})

it.each([
  ['id', 390],
  ['en', 1280],
] as const)(
  'blocks an account with a reason and lets it in again (%s, %i px)',
  async (locale, width) => {
    const say = { locale }
    const account = {
      name: `Ratna ${locale}`,
      email: `ratna-${locale}@sekolah.test`,
      password: 'kopi-tubruk-pagi-hari',
    }
    await world.request('/api/auth/register', { method: 'POST', body: account })
    const [client, agency] = await Promise.all([
      arrive(browser, world.url, locale),
      arrive(browser, world.url, locale, { width }),
    ])
    await signIn(client.page, account.email, account.password, locale)
    await client.page.waitForURL(/\/portal/)
    const { page } = agency
    await signIn(page, OWNER.email, OWNER.password, locale)
    await page.waitForURL(/\/console/)
    await page.goto(`/console/clients?search=${account.email}`)
    await page.getByRole('link', { name: account.name }).click()

    await button(page, m.console_live_block({}, say)).click()
    const question = page.getByRole('dialog', { name: m.console_live_block_title({ name: account.name }, say) })
    const reason = question.getByLabel(m.console_live_block_reason({}, say))
    await reason.fill('no')
    await button(page, m.console_live_block({}, say)).last().click()
    await question.getByText(m.console_err_reason({}, say)).waitFor()
    await expectAccessible(page)
    await reason.fill('Asked for money in our name')
    await button(page, m.console_live_block({}, say)).last().click()
    await question.waitFor({ state: 'hidden' })
    await page.getByText('Asked for money in our name').waitFor()
    await expectAccessible(page)
    await client.page.goto('/portal')
    await signIn(client.page, account.email, account.password, locale)
    await client.page.getByText(m.problems_account_blocked_help({}, say)).waitFor()

    await page.goto(`/console/clients?search=${account.email}`)
    await page.getByRole('row', { name: account.name }).getByText(m.console_blocked({}, say)).waitFor()
    await expectAccessible(page)
    await page.getByRole('link', { name: account.name }).click()
    await button(page, m.console_live_unblock({}, say)).click()
    const other = page.getByRole('dialog', { name: m.console_unblock_title({ name: account.name }, say) })
    await button(page, m.console_live_unblock({}, say)).last().click()
    await other.waitFor({ state: 'hidden' })
    await page.getByText('Asked for money in our name').waitFor({ state: 'detached' })
    await signIn(client.page, account.email, account.password, locale)
    await client.page.waitForURL(/\/portal/)

    // Refused once each, on purpose.
    expect(agency.complaints.filter((each) => !each.includes('422'))).toEqual([])
    expect(client.complaints.filter((each) => !each.includes('403'))).toEqual([])
  },
  120_000,
)
