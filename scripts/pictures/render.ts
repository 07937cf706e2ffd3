/**
 * Redraws every picture of the public site: `node scripts/pictures/render.ts`.
 * With slugs as arguments only those templates are redrawn; `OUT` of the first `--out=` argument replaces `public`.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from '../../test/support/browser.ts'
import { drawBrand } from './brand.ts'
import { capture } from './capture.ts'
import { fontFaces, toWebp, type Size } from './encode.ts'
import type { Site } from './site.ts'
import { sites } from './sites/all.ts'

const kilobytes = 1024
const desktop = 1280
const card = { width: desktop, height: 960 }
const small = { width: 640, height: 480 }
const phone = { width: 390, height: 844 }

const reset = `*{box-sizing:border-box;margin:0;padding:0;min-width:0}html{-webkit-font-smoothing:antialiased}body{font-family:Sans;font-size:15px;line-height:1.5}
h1,h2{word-spacing:.09em}p,li,td,span,b,a,q{word-spacing:.04em}a{color:inherit;text-decoration:none}ul,ol{list-style:none}svg.art{display:block;width:100%;height:100%}button{font:inherit}table{border-collapse:collapse;width:100%}`

const documentOf = (site: Site, fonts: string): string =>
  `<!doctype html><html lang="id"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${site.name}</title><style>${fonts}${reset}${site.css}</style><body>${site.body}</body></html>`

const shoot = async (
  browser: Browser,
  html: string,
  viewport: Size,
  fullPage: boolean,
): Promise<{ png: Buffer; size: Size }> => {
  const page = await browser.newPage({ viewport })
  try {
    await page.setContent(html)
    await page.evaluate(() => document.fonts.ready)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth)
    if (wide > viewport.width) throw new Error(`The page is ${wide} px wide in a window of ${viewport.width} px.`)
    const height = fullPage ? await page.evaluate(() => document.documentElement.scrollHeight) : viewport.height
    return { png: await capture(page, fullPage), size: { width: viewport.width, height } }
  } finally {
    await page.close()
  }
}

type Picture = { readonly file: string; readonly width: number; readonly height: number }

const drawSite = async (site: Site, fonts: string, browser: Browser, encoder: Page, folder: string) => {
  const html = documentOf(site, fonts)
  const [top, whole, mobile] = [
    await shoot(browser, html, card, false),
    await shoot(browser, html, card, true),
    await shoot(browser, html, phone, false),
  ]
  const save = async (name: string, png: Buffer, size: Size, limit: number): Promise<Picture> => {
    const bytes = await toWebp(encoder, png, size, limit * kilobytes)
    await writeFile(join(folder, name), bytes)
    process.stdout.write(
      `  ${name.padEnd(22)} ${size.width}x${size.height}  ${Math.ceil(bytes.length / kilobytes)} KB\n`,
    )
    return { file: `/templates/${name}`, ...size }
  }
  return {
    slug: site.slug,
    plan: site.plan,
    name: { id: site.name, en: site.name },
    description: site.describes,
    palette: site.palette,
    dominantColor: site.palette[0],
    pictures: {
      card: await save(`${site.slug}.webp`, top.png, card, 60),
      thumbnail: await save(`${site.slug}-small.webp`, top.png, small, 28),
      page: await save(`${site.slug}-page.webp`, whole.png, whole.size, 140),
      phone: await save(`${site.slug}-phone.webp`, mobile.png, phone, 30),
    },
  }
}

const main = async (args: readonly string[]): Promise<void> => {
  const slugs = args.filter((arg) => !arg.startsWith('--'))
  const publicFolder = resolve(args.find((arg) => arg.startsWith('--out='))?.slice('--out='.length) ?? 'public')
  const folder = join(publicFolder, 'templates')
  await mkdir(folder, { recursive: true })
  const fonts = await fontFaces()
  const browser = await launchBrowser()
  try {
    const encoder = await browser.newPage()
    const drawn = []
    for (const site of sites.filter(({ slug }) => slugs.length === 0 || slugs.includes(slug)))
      drawn.push(await drawSite(site, fonts, browser, encoder, folder))
    if (slugs.length > 0) return
    await writeFile(join(folder, 'manifest.json'), `${JSON.stringify({ templates: drawn }, null, 2)}\n`)
    const cards = ['karsa', 'tunas', 'kabar'].map(async (slug) => {
      const picture = await readFile(join(folder, `${slug}.webp`))
      return `data:image/webp;base64,${picture.toString('base64')}`
    })
    await drawBrand(browser, fonts, publicFolder, await Promise.all(cards))
  } finally {
    await browser.close()
  }
}

await main(process.argv.slice(2))
