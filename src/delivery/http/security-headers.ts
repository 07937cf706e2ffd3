// The headers every answer carries. Pages add a Content-Security-Policy of their own; everything else may load nothing.

export type HeaderFields = Record<string, string>

/** Without a Content-Security-Policy. */
export function securityHeaders(publicUrl: string): Readonly<HeaderFields> {
  return {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
    'x-frame-options': 'DENY',
    // Without includeSubDomains: the agency's other sites on the domain are not ours to decide about.
    ...(publicUrl.startsWith('https:') ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  }
}

/** For answers that are data, not pages. */
export const DATA_CONTENT_POLICY = "default-src 'none'; frame-ancestors 'none'"
