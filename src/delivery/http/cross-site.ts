// Whether a request that changes something was sent by a page of another site, using the visitor's cookies
// (docs/decisions/0002-cross-site-requests.md).

export interface Origins {
  /** `PUBLIC_URL`'s origin. */
  publicOrigin: string
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * True for an unsafe request that a browser sent from elsewhere. Requests with neither `Sec-Fetch-Site` nor `Origin` come from
 * no browser; those with an `Authorization` header prove who they are by something no browser adds by itself.
 */
export function isCrossSite(method: string, headers: Headers, { publicOrigin }: Origins): boolean {
  if (SAFE.has(method) || headers.get('authorization') !== null) return false
  const origin = headers.get('origin')
  if (origin === publicOrigin) return false
  const site = headers.get('sec-fetch-site')
  if (site !== null) return site !== 'same-origin' && site !== 'none'
  if (origin === null) return false
  return !URL.canParse(origin) || new URL(origin).host !== headers.get('host')
}
