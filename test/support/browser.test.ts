import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from './browser.ts'

let browser: Browser
let server: Server

beforeAll(async () => {
  server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(`<title>Toko</title><h1>Selamat datang</h1><script>document.title += ' ' + location.pathname</script>`)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await new Promise((closed) => server.close(closed))
})

it('opens a page of a local server and runs its scripts', async () => {
  const page = await browser.newPage()
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/pesan`)
  expect(await page.title()).toBe('Toko /pesan')
  await page.close()
})

it('draws text with its own fonts', async () => {
  const page = await browser.newPage()
  await page.setContent('<span style="font: 40px sans-serif">Situs web</span>')
  // Without any font the text would have no width.
  expect(await page.locator('span').evaluate((element) => element.getBoundingClientRect().width)).toBeGreaterThan(80)
  expect((await page.screenshot()).length).toBeGreaterThan(1_000)
  await page.close()
})

it('can be launched several times at once', async () => {
  const others = await Promise.all([launchBrowser(), launchBrowser()])
  expect(others.map((other) => other.isConnected())).toEqual([true, true])
  await Promise.all(others.map((other) => other.close()))
})
