// A User-Agent header in words that its owner recognises. It is a claim, not a proof, and only shown to the account's owner.

export interface Device {
  browser: string | null
  system: string | null
  /** Something that is no browser, by the name it gives itself. */
  program: string | null
  phone: boolean
}

// Order matters: most browsers also carry the names of those they descend from.
const browsers: [RegExp, string][] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bFxiOS\/|\bFirefox\//, 'Firefox'],
  [/\bCriOS\/|\bChrome\/|\bHeadlessChrome\//, 'Chrome'],
  [/\bVersion\/.*\bSafari\//, 'Safari'],
]
const systems: [RegExp, string][] = [
  [/\bAndroid\b/, 'Android'],
  [/\biPhone\b|\biPod\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
]
const first = (table: [RegExp, string][], text: string) => table.find(([pattern]) => pattern.test(text))?.[1] ?? null

export function deviceOf(userAgent: string | null): Device {
  const text = (userAgent ?? '').slice(0, 300)
  const browser = first(browsers, text)
  const system = first(systems, text)
  const program = browser === null ? (/^[\w.-]{1,40}/.exec(text)?.[0] ?? null) : null
  return { browser, system, program: program === 'Mozilla' ? null : program, phone: /\bMobi/.test(text) }
}
