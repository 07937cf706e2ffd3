// What a page of ours may load. Public pages hold no script at all; portal and console start from one script with a nonce.
import type { Locale } from '../../platform/contract/shapes.ts'

export interface PagePolicy {
  nonce: string
  /** Vite's live reload needs inline styles and a socket of its own. */
  development?: { socket: string } | undefined
}

export function contentSecurityPolicy({ nonce, development }: PagePolicy, scripted: boolean): string {
  return [
    `default-src 'none'`,
    scripted ? `script-src 'nonce-${nonce}' 'strict-dynamic'` : `script-src 'none'`,
    development
      ? `style-src 'self' 'unsafe-inline'`
      : scripted
        ? `style-src 'self' 'nonce-${nonce}'`
        : `style-src 'self'`,
    `img-src 'self' data:`,
    `font-src 'self'`,
    scripted ? `connect-src 'self'${development ? ` ${development.socket}` : ''}` : `connect-src 'none'`,
    `manifest-src 'self'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
    `base-uri 'none'`,
  ].join('; ')
}

export function pageHeaders(headers: Headers, policy: PagePolicy, locale: Locale, scripted: boolean): void {
  headers.set('content-security-policy', contentSecurityPolicy(policy, scripted))
  headers.set('content-language', locale)
  headers.set('vary', 'Cookie, Accept-Language')
}
