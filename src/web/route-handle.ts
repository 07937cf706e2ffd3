// What a route declares about itself with `export const handle: RouteHandle`.
import type { EntryContext } from 'react-router'

export interface RouteHandle {
  /** Loads JavaScript and keeps itself up to date; without it a page is plain HTML and forms. */
  hydrate?: boolean
  /** The same for every anonymous reader, so that the answer may be kept for all of them. */
  shared?: boolean
}

/** Tells the bridge, in headers, whether it may keep the page, and (`x-scripted`, removed there) whether scripts may run in it. */
export function markPage(headers: Headers, entry: EntryContext): void {
  const { matches, statusCode, errors } = entry.staticHandlerContext
  const handles = matches.map(({ route }) => entry.routeModules[route.id]?.handle as RouteHandle | undefined)
  const scripted = handles.some((handle) => handle?.hydrate)
  // A page with scripts carries a nonce, which is good for one answer only.
  const shared = statusCode === 200 && !errors && !scripted && handles.at(-1)?.shared === true
  headers.set('cache-control', shared ? 'public, max-age=0, must-revalidate' : 'private, no-store')
  if (scripted) headers.set('x-scripted', 'yes')
}
