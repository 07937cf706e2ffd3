import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'

const face = async (family: string, file: string, style = 'normal'): Promise<string> => {
  const data = await readFile(new URL(import.meta.resolve(file)))
  return `@font-face{font-family:'${family}';font-style:${style};font-weight:100 900;src:url(data:font/woff2;base64,${data.toString('base64')})}`
}

/** The families of the project, embedded, so that a picture never depends on the fonts of the machine. */
export const fontFaces = async (): Promise<string> => {
  const sans = '@fontsource-variable/plus-jakarta-sans/files/plus-jakarta-sans-latin-wght'
  const mono = '@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght'
  const faces = [
    face('Sans', `${sans}-normal.woff2`),
    face('Sans', `${sans}-italic.woff2`, 'italic'),
    face('Mono', `${mono}-normal.woff2`),
  ]
  return (await Promise.all(faces)).join('\n')
}

export type Size = { readonly width: number; readonly height: number }

/**
 * Encodes a PNG as WebP at `size`, at the highest quality whose result stays within `limit` bytes.
 * Throws when even the lowest acceptable quality is too large.
 */
export const toWebp = async (encoder: Page, png: Buffer, size: Size, limit: number): Promise<Buffer> => {
  for (let quality = 0.9; quality >= 0.4; quality -= 0.04) {
    const bytes = Buffer.from(
      await encoder.evaluate(encode, { png: png.toString('base64'), quality, ...size }),
      'base64',
    )
    if (bytes.length <= limit) return bytes
  }
  throw new Error(`A picture of ${size.width}x${size.height} does not fit into ${limit} bytes: draw less detail.`)
}

// Runs inside the browser: the canvas is the only WebP encoder at hand.
const encode = async (job: Size & { png: string; quality: number }): Promise<string> => {
  const blob = await (await fetch(`data:image/png;base64,${job.png}`)).blob()
  const bitmap = await createImageBitmap(blob, {
    resizeWidth: job.width,
    resizeHeight: job.height,
    resizeQuality: 'high',
  })
  const canvas = new OffscreenCanvas(job.width, job.height)
  canvas.getContext('2d', { alpha: false })?.drawImage(bitmap, 0, 0)
  const webp = new Uint8Array(
    await (await canvas.convertToBlob({ type: 'image/webp', quality: job.quality })).arrayBuffer(),
  )
  let text = ''
  for (let i = 0; i < webp.length; i += 8192) text += String.fromCharCode(...webp.subarray(i, i + 8192))
  return btoa(text)
}
