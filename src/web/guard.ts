// Who may open which part of the site. Operations check again on their own; this only leads people to the right place.
import { redirect, type MiddlewareFunction } from 'react-router'
import { page } from './context.ts'
import { PageProblem } from './problem.ts'

type Guard = MiddlewareFunction<Response>

function toSignIn(request: Request): Response {
  const { pathname, search } = new URL(request.url)
  // A data request of a live page ends in `.data`; the reader wants the page.
  const wanted = pathname.replace(/(\/_root)?\.data$/, '') + search.replace(/[?&]_routes=[^&]*/, '')
  // Only a page that was open already asks for data alone: whoever reads it was signed in until now.
  const ended = pathname.endsWith('.data') ? '&ended' : ''
  return redirect(`/sign-in?next=${encodeURIComponent(wanted)}${ended}`)
}

/** The client portal; people of the agency are led to their console. */
export const forClients: Guard = ({ request, context }) => {
  const { user } = context.get(page)
  if (!user) throw toSignIn(request)
  if (user.role !== 'client') throw redirect('/console')
}

/** The console of the agency. */
export const forAgency: Guard = ({ request, context }) => {
  const { user } = context.get(page)
  if (!user) throw toSignIn(request)
  if (user.role === 'client')
    throw new PageProblem(403, 'Forbidden', { code: 'forbidden', detail: null, errors: [], retryAfter: null })
}

/** Where to go after signing in: a path of this site, else the reader's own place. */
export function destination(next: string | null | undefined, role: string): string {
  return localPath(next) ?? (role === 'client' ? '/portal' : '/console')
}

/** A path on this site, or null: never another host, in any spelling that browsers understand. */
export function localPath(path: string | null | undefined): string | null {
  if (!path || path.length > 500 || !/^\/(?![/\\])[^\\\u0000-\u001f]*$/.test(path)) return null
  return new URL(path, 'http://here.invalid').origin === 'http://here.invalid' ? path : null
}
