// Which language a reader gets: the cookie of an explicit choice, else the best of Accept-Language, else Indonesian.
import type { Locale } from '../../platform/contract/shapes.ts'

export const localeCookie = 'locale'
const offered: readonly Locale[] = ['id', 'en']
export const defaultLocale: Locale = 'id'

/** The `Set-Cookie` that remembers an explicit choice for a year. */
export function localeCookieOf(locale: Locale, publicUrl: string): string {
  const secure = publicUrl.startsWith('https:') ? '; Secure' : ''
  return `${localeCookie}=${locale}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`
}

export function isLocale(value: unknown): value is Locale {
  return offered.includes(value as Locale)
}

/** RFC 9110 section 12.5.4, with language ranges reduced to their first subtag; `in` is the old code of Indonesian. */
export function negotiateLocale(acceptLanguage: string | null | undefined): Locale {
  if (!acceptLanguage) return defaultLocale
  const quality = new Map<string, number>()
  for (const part of acceptLanguage.slice(0, 500).split(',')) {
    const [range = '', ...parameters] = part.trim().toLowerCase().split(';')
    const q = parameters.map((parameter) => /^\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*$/.exec(parameter)?.[1]).find(Boolean)
    const [subtag = ''] = range.trim().split('-', 1)
    const language = subtag === 'in' ? 'id' : subtag
    const weight = q === undefined ? 1 : Math.min(1, Number(q))
    quality.set(language, Math.max(weight, quality.get(language) ?? 0))
  }
  const rest = quality.get('*') ?? 0
  // A tie goes to the first offered, as does a reader who wants none of ours.
  let best = defaultLocale
  let most = 0
  for (const locale of offered) {
    const weight = quality.get(locale) ?? rest
    if (weight > most) [best, most] = [locale, weight]
  }
  return best
}

export function chooseLocale(cookie: string | undefined, acceptLanguage: string | null | undefined): Locale {
  return isLocale(cookie) ? cookie : negotiateLocale(acceptLanguage)
}
