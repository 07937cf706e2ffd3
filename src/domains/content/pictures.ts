// The pictures of templates that come with the application (drawn by scripts/pictures), with their sizes in pixels, so that a
// page can keep their place before they arrive.
import { z } from 'zod'
import manifest from '../../../public/templates/manifest.json' with { type: 'json' }

const File = z.object({ file: z.string(), width: z.int(), height: z.int() })
const Localized = z.object({ id: z.string(), en: z.string() })
const Manifest = z.object({
  templates: z.array(
    z.object({
      slug: z.string(),
      plan: z.string(),
      name: Localized,
      description: Localized,
      pictures: z.object({ card: File, thumbnail: File, page: File, phone: File }),
    }),
  ),
})
export type DrawnTemplate = z.infer<typeof Manifest>['templates'][number]

export const drawnTemplates: DrawnTemplate[] = Manifest.parse(manifest).templates

export interface Picture {
  url: string
  width: number
  height: number
}

/** Of a picture the application does not know, the usual size of its kind. */
export function pictureAt(url: string, usual: { width: number; height: number }): Picture {
  for (const { pictures } of drawnTemplates) {
    const known = Object.values(pictures).find(({ file }) => file === url)
    if (known) return { url, width: known.width, height: known.height }
  }
  return { url, ...usual }
}

/** The small version of a card's picture; the picture itself where there is none. */
export function thumbnailOf(url: string, usual: { width: number; height: number }): Picture {
  const small = drawnTemplates.find(({ pictures }) => pictures.card.file === url)?.pictures.thumbnail
  return small ? { url: small.file, width: small.width, height: small.height } : pictureAt(url, usual)
}
