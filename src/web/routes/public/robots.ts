import { page } from '../../context.ts'
import type { Route } from './+types/robots.ts'

/** Search engines may list everything but what belongs to one person. */
export function loader({ context }: Route.LoaderArgs) {
  const { publicUrl } = context.get(page)
  const closed = [
    '/portal',
    '/console',
    '/pesan',
    '/sign-in',
    '/sign-up',
    '/forgot-password',
    '/reset-password',
    '/verify-email',
    '/preferences',
    '/api/',
    '/sandbox',
  ]
  const lines = [
    'User-agent: *',
    ...closed.map((path) => `Disallow: ${path}`),
    '',
    `Sitemap: ${publicUrl}/sitemap.xml`,
    '',
  ]
  return new Response(lines.join('\n'), {
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'public, max-age=3600' },
  })
}
