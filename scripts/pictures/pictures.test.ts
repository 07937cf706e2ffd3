// The committed pictures are what the pages and the seed rely on, so they are checked as files, not as drawings.
import { readFile, stat } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from '../../test/support/browser.ts'
import { random } from './art/draw.ts'
import { capture } from './capture.ts'
import { toWebp } from './encode.ts'
import { sites } from './sites/all.ts'

type Picture = { file: string; width: number; height: number }
type Template = {
  slug: string
  plan: string
  palette: string[]
  dominantColor: string
  pictures: Record<string, Picture>
}

const publicFile = (path: string): URL => new URL(`../../public${path}`, import.meta.url)
const manifest = JSON.parse(await readFile(publicFile('/templates/manifest.json'), 'utf8')) as { templates: Template[] }

/** Width and height in the header of an extended WebP: 24-bit fields, one less than the size. */
const sizeOf = (webp: Buffer): [number, number] => {
  expect(webp.toString('latin1', 0, 4) + webp.toString('latin1', 8, 16)).toBe('RIFFWEBPVP8X')
  return [webp.readUIntLE(24, 3) + 1, webp.readUIntLE(27, 3) + 1]
}

describe('the template pictures', () => {
  it('cover every authored site, three to a plan', () => {
    expect(manifest.templates.map(({ slug }) => slug)).toEqual(sites.map(({ slug }) => slug))
    for (const plan of ['company', 'sekolah', 'berita'])
      expect(manifest.templates.filter((template) => template.plan === plan)).toHaveLength(3)
  })

  it.each(manifest.templates)(
    'of $slug exist in the promised sizes and weights',
    async ({ pictures, palette, dominantColor }) => {
      const limits: Record<string, number> = { card: 60, thumbnail: 28, page: 140, phone: 30 }
      expect(Object.keys(pictures)).toEqual(Object.keys(limits))
      for (const [kind, { file, width, height }] of Object.entries(pictures)) {
        expect(sizeOf(await readFile(publicFile(file)))).toEqual([width, height])
        expect((await stat(publicFile(file))).size).toBeLessThanOrEqual(limits[kind]! * 1024)
      }
      for (const color of palette) expect(color).toMatch(/^#[0-9A-F]{6}$/)
      expect(dominantColor).toBe(palette[0])
    },
  )

  it('draw the same scatter for the same seed, another for another', () => {
    const draw = (seed: number): number[] => {
      const next = random(seed)
      return [next(), next(), next()]
    }
    expect(draw(7)).toEqual(draw(7))
    expect(draw(7)).not.toEqual(draw(8))
  })
})

describe('encoding', () => {
  let browser: Browser
  let page: Page
  beforeAll(async () => {
    browser = await launchBrowser()
    page = await browser.newPage({ viewport: { width: 200, height: 100 } })
    await page.setContent('<body style="margin:0;background:linear-gradient(90deg,#2F3A8F,#E3A12B)">Kabar')
  }, 60_000)
  afterAll(() => browser.close())

  it('scales to the asked size within the limit', async () => {
    const webp = await toWebp(page, await capture(page), { width: 100, height: 50 }, 4096)
    expect(sizeOf(webp)).toEqual([100, 50])
    expect(webp.length).toBeLessThanOrEqual(4096)
  })

  it('refuses a picture that cannot be made small enough', async () => {
    await expect(toWebp(page, await capture(page), { width: 200, height: 100 }, 50)).rejects.toThrow(
      /does not fit into 50 bytes/,
    )
  })
})
