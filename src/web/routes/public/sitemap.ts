// The pages for search engines, each with its languages.
import { listTemplates } from '../../../domains/content/contract.ts'
import { locales } from '../../../platform/contract/shapes.ts'
import { page } from '../../context.ts'
import type { Route } from './+types/sitemap.ts'
import { services } from './parts/services.ts'

const escaped: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }
const xml = (text: string) => text.replace(/[&<>"']/g, (character) => escaped[character] ?? character)

export async function loader({ context }: Route.LoaderArgs) {
  const { call, publicUrl } = context.get(page)
  const { data: templates } = await call(listTemplates, {})
  const paths = [
    '/',
    ...services.map(({ path }) => path),
    '/template',
    ...templates.map(({ slug }) => `/template/${slug}`),
    '/harga',
    '/faq',
  ]
  const urls = paths.map((path) => {
    const alternates = locales.map(
      (locale) =>
        `<xhtml:link rel="alternate" hreflang="${locale}" href="${xml(`${publicUrl}${path}?lang=${locale}`)}"/>`,
    )
    return `<url><loc>${xml(publicUrl + path)}</loc>${alternates.join('')}</url>`
  })
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n${urls.join('\n')}\n</urlset>\n`
  return new Response(body, {
    headers: { 'Content-Type': 'application/xml; charset=utf-8', 'Cache-Control': 'public, max-age=3600' },
  })
}
