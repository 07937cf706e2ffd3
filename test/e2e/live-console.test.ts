// What the agency sees and does while clients are connected: the client's connection, how long messages take, an announcement that
// appears on an open page, and the connection that is cut. Nothing is reloaded by hand.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { m } from '../../src/web/i18n/generated/messages.js'
import { launchBrowser } from '../support/browser.ts'
import { createWorld, OWNER } from '../support/world.ts'
import type { TestWorld } from '../support/world.ts'
import { arrive, button, expectAccessible, literal, signIn } from './support.ts'

let world: TestWorld
let browser: Browser
beforeAll(async () => {
  ;[world, browser] = await Promise.all([createWorld({ pages: 'production' }), launchBrowser()])
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await world?.dispose()
})

const say = { locale: 'en' } as const

/** To where the person belongs. */
async function enter(page: Page, email: string, password: string, to: RegExp): Promise<void> {
  await signIn(page, email, password, 'en')
  await page.waitForURL(to)
}

it('shows who is connected, reaches them with an announcement, and cuts a connection', async () => {
  const password = 'kopi-tubruk-pagi-hari'
  await world.request('/api/auth/register', {
    method: 'POST',
    body: { name: 'Ratna Dewi', email: 'ratna@sekolah.test', password },
  })
  const client = await arrive(browser, world.url, 'en')
  const agency = await arrive(browser, world.url, 'en')
  await enter(client.page, 'ratna@sekolah.test', password, /\/portal/)
  await enter(agency.page, OWNER.email, OWNER.password, /\/console/)

  await agency.page.goto('/console/live')
  await agency.page.getByRole('heading', { name: m.console_live_hops({}, say) }).waitFor()
  await expectAccessible(agency.page)

  await agency.page.goto('/console/live/announcements')
  await agency.page.getByLabel(m.console_announce_title_id({}, say)).fill('Libur bersama')
  await agency.page.getByLabel(m.console_announce_body_id({}, say)).fill('Kami kembali hari Senin.')
  await agency.page.getByLabel(m.console_announce_title_en({}, say)).fill('Office closed')
  await agency.page.getByLabel(m.console_announce_body_en({}, say)).fill('We are back on Monday.')
  await expectAccessible(agency.page)
  await button(agency.page, m.console_announce_send({}, say)).click()
  await client.page.getByText('We are back on Monday.').waitFor()
  await agency.page.getByText(m.console_announce_active({}, say)).waitFor()

  await agency.page.goto('/console/live/connections')
  const name = agency.page.getByRole('link', { name: 'Ratna Dewi' }).first()
  await name.waitFor()
  await expectAccessible(agency.page)
  await name.click()
  await agency.page.waitForURL(/\/connections\/[^/]+$/)
  await agency.page.getByText('announcement.published').first().waitFor()
  await expectAccessible(agency.page)
  await button(agency.page, m.console_live_disconnect({}, say)).click()
  const question = agency.page.getByRole('dialog', {
    name: m.console_live_disconnect_title({ name: 'Ratna Dewi' }, say),
  })
  await button(agency.page, m.console_live_disconnect({}, say)).last().click()
  await question.waitFor({ state: 'hidden' })
  await agency.page.getByText(m.console_live_closed({}, say), { exact: true }).first().waitFor()

  await client.page.getByRole('button', { name: new RegExp(literal(m.common_announcement_dismiss({}, say))) }).click()
  await client.page.getByText('We are back on Monday.').waitFor({ state: 'hidden' })
  await client.page.reload()
  await client.page.getByRole('heading', { level: 1 }).waitFor()
  expect(await client.page.getByText('We are back on Monday.').count()).toBe(0)

  expect([...client.complaints, ...agency.complaints]).toEqual([])
}, 120_000)

it('announces to one client, found by a few letters, who no longer sees it once it is withdrawn', async () => {
  const password = 'kopi-tubruk-pagi-hari'
  for (const [name, email] of [
    ['Budi Santoso', 'budi@sekolah.test'],
    ['Rina Wulandari', 'rina@sekolah.test'],
  ])
    await world.request('/api/auth/register', { method: 'POST', body: { name, email, password } })
  const [budi, rina, agency] = await Promise.all([
    arrive(browser, world.url, 'en'),
    arrive(browser, world.url, 'en'),
    arrive(browser, world.url, 'en'),
  ])
  await enter(budi.page, 'budi@sekolah.test', password, /\/portal/)
  await enter(rina.page, 'rina@sekolah.test', password, /\/portal/)
  await enter(agency.page, OWNER.email, OWNER.password, /\/console/)

  const { page } = agency
  await page.goto('/console/live/announcements')
  await page.getByLabel(m.console_announce_receiver({}, say), { exact: true }).selectOption('user')
  const client = page.getByRole('combobox', { name: m.console_announce_choose_client({}, say) })
  await client.fill('bud')
  await page.getByRole('option', { name: /Budi Santoso/ }).waitFor()
  await expectAccessible(page)
  await page.getByRole('option', { name: /Budi Santoso/ }).click()
  await page.getByLabel(m.console_announce_title_id({}, say)).fill('Logo')
  await page.getByLabel(m.console_announce_body_id({}, say)).fill('Mohon kirim logo Anda.')
  await page.getByLabel(m.console_announce_title_en({}, say)).fill('Logo')
  await button(page, m.console_announce_send({}, say)).click()
  await page.getByText(m.console_announce_err_text({}, say)).waitFor()
  await page.getByLabel(m.console_announce_body_en({}, say)).fill('Please send your logo.')
  await button(page, m.console_announce_send({}, say)).click()
  await budi.page.getByText('Please send your logo.').waitFor()

  await page
    .getByRole('button', { name: new RegExp(`^${literal(m.console_announce_withdraw({}, say))}.*Logo`) })
    .click()
  const question = page.getByRole('dialog', { name: m.console_announce_withdraw_title({}, say) })
  await button(page, m.console_announce_withdraw({}, say)).last().click()
  await question.waitFor({ state: 'hidden' })
  await budi.page.getByText('Please send your logo.').waitFor({ state: 'hidden' })
  expect(await rina.page.getByText('Please send your logo.').count()).toBe(0)

  await page.goto('/console/live/messages')
  const receiver = page.getByRole('combobox', { name: m.console_announce_choose_client({}, say) })
  await receiver.fill('bud')
  await page.getByRole('option', { name: /Budi Santoso/ }).waitFor()
  await expectAccessible(page)
  await receiver.press('Tab')
  await page.getByRole('listbox').waitFor({ state: 'detached' })
  await receiver.fill('bud')
  await page.getByRole('option', { name: /Budi Santoso/ }).click()
  await page.waitForURL(/user=/)
  await page.getByText('announcement.withdrawn', { exact: true }).and(page.locator('code')).first().waitFor()
  expect(await page.getByRole('link', { name: 'Rina Wulandari' }).count()).toBe(0)
  await expectAccessible(page)

  // Refused once, on purpose.
  expect(agency.complaints.filter((each) => !each.includes('422'))).toEqual([])
  expect([...budi.complaints, ...rina.complaints]).toEqual([])
}, 120_000)

it('keeps its figures while the server cannot be reached', async () => {
  const { page } = await arrive(browser, world.url, 'en')
  await enter(page, OWNER.email, OWNER.password, /\/console/)
  await page.goto('/console/live')
  const figures = page.getByRole('heading', { name: m.console_live_hops({}, say) })
  await figures.waitFor()
  await page.route(/favicon|\.data/, (route) => route.abort())
  for (let times = 0; times < 3; times++) await page.waitForRequest(/favicon/)
  expect(await figures.isVisible()).toBe(true)
  await page.unroute(/favicon|\.data/)
  await page.waitForResponse(/\/console\/live\.data/)
  expect(await figures.isVisible()).toBe(true)
}, 120_000)

it('keeps the messages it has when older ones cannot be reached, and loads them once they can', async () => {
  await world.database.database.pool.query('select open_websocket_days(current_date - 1, 1)')
  await world.database.database.pool.query(
    `insert into websocket_messages (sent_at, position, channel, type, event, node, connection_ids, connections, delivered)
     select now() - n * interval '1 second', n, 'project:' || n, 'project_update', 'project.cancelled', uuidv7(),
       array[uuidv7()], 1, true from generate_series(1, 120) n`,
  )
  const { page } = await arrive(browser, world.url, 'en')
  await enter(page, OWNER.email, OWNER.password, /\/console/)
  await page.goto('/console/live/messages?event=project.cancelled')
  const row = (n: number) => page.getByText(`project:${n}`, { exact: true })
  const more = button(page, m.console_live_more({}, say))
  const failed = page.getByText(m.console_live_more_failed({}, say))
  await row(50).waitFor()

  await page.route(/favicon|\.data/, (route) => route.abort())
  await more.scrollIntoViewIfNeeded()
  await failed.waitFor()
  await Promise.all([page.waitForEvent('requestfailed'), more.click()])
  expect([await row(1).count(), await row(50).count(), await row(51).count()]).toEqual([1, 1, 0])
  expect(await failed.isVisible()).toBe(true)
  await expectAccessible(page)

  await page.unroute(/favicon|\.data/)
  await more.click()
  await row(51).waitFor()
  await failed.waitFor({ state: 'detached' })
  await row(100).scrollIntoViewIfNeeded()
  await row(120).waitFor()
  expect(await row(1).count()).toBe(1)
}, 120_000)

it('blocks a client from the page of their connection: out within seconds, and in again once unblocked', async () => {
  const account = { name: 'Sari Lestari', email: 'sari@sekolah.test', password: 'kopi-tubruk-pagi-hari' }
  await world.request('/api/auth/register', { method: 'POST', body: account })
  const [client, agency] = await Promise.all([
    arrive(browser, world.url, 'en'),
    arrive(browser, world.url, 'en', { width: 390 }),
  ])
  await enter(client.page, account.email, account.password, /\/portal/)
  const { page } = agency
  await enter(page, OWNER.email, OWNER.password, /\/console/)
  await page.goto(`/console/live/connections?status=open&search=${account.email}`)
  await page.getByRole('link', { name: account.name }).click()

  await button(page, m.console_live_block({}, say)).click()
  const question = page.getByRole('dialog', { name: m.console_live_block_title({ name: account.name }, say) })
  const confirm = question.getByRole('button', { name: m.console_live_block({}, say), exact: true })
  await confirm.click()
  await question.getByText(m.console_err_reason({}, say)).waitFor()
  await expectAccessible(page)
  await question.getByLabel(m.console_live_block_reason({}, say)).fill('Asked for money in our name')
  await confirm.click()
  await client.page.waitForURL(/\/sign-in/, { timeout: 5_000 })
  await client.page.getByText(m.common_sign_in_needed_text({}, say)).waitFor()
  await question.waitFor({ state: 'hidden' })
  const notice = page.getByText(m.console_live_blocked_since({ reason: 'Asked for money in our name' }, say))
  await notice.waitFor()
  await page.getByText(m.console_live_closed({}, say), { exact: true }).first().waitFor()
  await expectAccessible(page)
  await signIn(client.page, account.email, account.password, 'en')
  await client.page.getByText(m.problems_account_blocked_help({}, say)).waitFor()

  await button(page, m.console_live_unblock({}, say)).click()
  const other = page.getByRole('dialog', { name: m.console_unblock_title({ name: account.name }, say) })
  await other.getByRole('button', { name: m.console_live_unblock({}, say), exact: true }).click()
  await notice.waitFor({ state: 'detached' })
  await enter(client.page, account.email, account.password, /\/portal/)

  // Refused once each, on purpose.
  expect(agency.complaints.filter((each) => !each.includes('422'))).toEqual([])
  expect(client.complaints.filter((each) => !each.includes('403'))).toEqual([])
}, 120_000)
