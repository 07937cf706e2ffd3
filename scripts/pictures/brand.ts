/**
 * The mark of JasaWeb: a kawung, the four-petalled motif of Javanese batik, whose petals are the four steps of an order;
 * the last one, in turmeric, is the finished site.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { capture } from './capture.ts'

const nila = '#2F3A8F'
const kunyit = '#E3A12B'
const paper = '#FBF8F2'
const ink = '#151A2D'

// One petal from near the centre to the upper left corner of a 32 × 32 field; the others are its quarter turns.
const petal = 'M14.6 14.6C8.6 15 3.4 11.6 2.2 2.2 11.6 3.4 15 8.6 14.6 14.6Z'
const petals = (draw: (quarter: number) => string): string => [0, 1, 2, 3].map(draw).join('')
const turned = (quarter: number, attributes: string): string =>
  `<path d="${petal}" transform="rotate(${quarter * 90} 16 16)" ${attributes}/>`

/** The bare mark; follows the reader's light or dark scheme by itself. */
const logo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" role="img" aria-label="JasaWeb">
<style>.n{fill:${nila}}.k{fill:${kunyit}}@media(prefers-color-scheme:dark){.n{fill:#AEB7F5}.k{fill:#F0B84A}}</style>
${petals((quarter) => turned(quarter, `class="${quarter === 1 ? 'k' : 'n'}"`))}
</svg>
`

/** The mark on a tile, for tabs and home screens, where the ground is unknown. */
const tile = (radius: number, scale: number): string =>
  `<rect width="32" height="32" rx="${radius}" fill="${nila}"/><g transform="translate(16 16) scale(${scale}) translate(-16 -16)">${petals((quarter) => turned(quarter, `fill="${quarter === 1 ? kunyit : paper}"`))}</g>`

const svgOf = (inner: string, size = ''): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" ${size}>${inner}</svg>`

const social = (
  fonts: string,
  pictures: readonly string[],
): string => `<!doctype html><meta charset="utf-8"><style>${fonts}
*{box-sizing:border-box;margin:0}body{width:1200px;height:630px;background:${paper};color:${ink};font-family:Sans;position:relative;overflow:hidden}
.mark{position:absolute;left:72px;top:64px;display:flex;gap:16px;align-items:center;font-weight:700;font-size:34px;letter-spacing:-.03em}.mark svg{width:46px;height:46px}
h1{position:absolute;left:72px;top:196px;width:560px;font-weight:700;font-size:62px;line-height:1.08;letter-spacing:-.035em;word-spacing:.08em}
p{position:absolute;left:72px;bottom:68px;font-size:24px;line-height:1.45;color:#4A5068;word-spacing:.05em}p b{color:${nila};font-weight:700}
img{position:absolute;width:430px;height:322px;object-fit:cover;object-position:top;border-radius:10px;box-shadow:0 18px 44px #151a2d33}
.stack{position:absolute;left:0;top:0;width:1200px;height:630px}
</style><body><div class="stack">${pictures.map((source, i) => `<img src="${source}" style="left:${[704, 786, 704][i]}px;top:${[-146, 196, 538][i]}px">`).join('')}</div>
<div class="mark">${svgOf(petals((quarter) => turned(quarter, `fill="${quarter === 1 ? kunyit : nila}"`)))}JasaWeb</div>
<h1>Website jadi, dari pesanan sampai serah terima.</h1><p>Company profile, web sekolah, portal berita.<br><b>Bayar QRIS, pantau langsung.</b></p></body>`

/** Writes logo, icons and the picture shown when a link to the site is shared. `cards` are data addresses of templates. */
export const drawBrand = async (
  browser: Browser,
  fonts: string,
  folder: string,
  cards: readonly string[],
): Promise<void> => {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'logo.svg'), logo)
  await writeFile(join(folder, 'favicon.svg'), `${svgOf(tile(7, 0.8))}\n`)
  const shots = [
    {
      file: 'apple-touch-icon.png',
      width: 180,
      height: 180,
      html: `<style>*{margin:0}svg{display:block}</style>${svgOf(tile(0, 0.66), 'width="180" height="180"')}`,
    },
    { file: 'social.png', width: 1200, height: 630, html: social(fonts, cards) },
  ]
  for (const { file, width, height, html } of shots) {
    const page = await browser.newPage({ viewport: { width, height } })
    await page.setContent(html)
    await page.evaluate(async () => {
      await document.fonts.ready
      await Promise.all([...document.images].map((image) => image.decode()))
    })
    await writeFile(join(folder, file), await capture(page))
    await page.close()
  }
}
