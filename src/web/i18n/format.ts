// Money, dates and numbers as people write them in each language. Also used outside the pages: mail, PDF, command line.
import type { Locale } from '../../platform/contract/shapes.ts'

const tags: Record<Locale, string> = { id: 'id-ID', en: 'en-GB' }
export const defaultTimeZone = 'Asia/Jakarta'

const formatters = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat | Intl.RelativeTimeFormat>()
/** Intl objects are slow to make and free to keep. */
function kept<T extends Intl.DateTimeFormat | Intl.NumberFormat | Intl.RelativeTimeFormat>(
  key: string,
  make: () => T,
): T {
  const known = formatters.get(key)
  if (known) return known as T
  const made = make()
  formatters.set(key, made)
  return made
}

/** Whole numbers: `2.500` in Indonesian, `2,500` in English. */
export function formatNumber(value: number, locale: Locale): string {
  return kept(`number ${locale}`, () => new Intl.NumberFormat(tags[locale], { maximumFractionDigits: 1 })).format(value)
}

/** Whole rupiah: `Rp2.500.000` in Indonesian, `Rp2,500,000` in English; negative with a leading minus. */
export function formatMoney(rupiah: number, locale: Locale): string {
  return `${rupiah < 0 ? '−' : ''}Rp${formatNumber(Math.abs(rupiah), locale)}`
}

export type DateStyle = 'date' | 'short' | 'time' | 'second' | 'full'
const styles: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  date: { day: 'numeric', month: 'long', year: 'numeric' },
  short: { day: 'numeric', month: 'short', year: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  second: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  full: {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  },
}

/** `full` names the time zone (WIB in Jakarta), in both languages as people here call it. */
export function formatDate(
  time: Date | string,
  locale: Locale,
  style: DateStyle = 'date',
  timeZone = defaultTimeZone,
): string {
  const date = new Date(time)
  const format = kept(
    `${style} ${locale} ${timeZone}`,
    () => new Intl.DateTimeFormat(tags[locale], { ...styles[style], timeZone }),
  )
  if (style !== 'full') return format.format(date)
  const parts = format.formatToParts(date)
  return parts.map(({ type, value }) => (type === 'timeZoneName' ? zoneName(date, timeZone) : value)).join('')
}

// English has no name for Indonesia's zones and would write GMT+7.
function zoneName(date: Date, timeZone: string): string {
  const format = kept(`zone ${timeZone}`, () => new Intl.DateTimeFormat(tags.id, { timeZone, timeZoneName: 'short' }))
  return format.formatToParts(date).find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
]

/** `3 menit yang lalu`, `in 2 days`, `kemarin`; under 45 seconds it is now. */
export function formatRelative(time: Date | string, now: Date | string, locale: Locale): string {
  const seconds = (new Date(time).getTime() - new Date(now).getTime()) / 1000
  const format = kept(`relative ${locale}`, () => new Intl.RelativeTimeFormat(tags[locale], { numeric: 'auto' }))
  if (Math.abs(seconds) < 45) return format.format(0, 'second')
  for (const [unit, size] of steps) {
    const count = Math.round(seconds / size)
    if (Math.abs(seconds) >= size * 0.95 && count !== 0) return format.format(count, unit)
  }
  return format.format(Math.sign(seconds), 'minute')
}

/** A time to wait, in seconds: `dalam 30 detik`, `in 3 minutes`. Rounds up, so that waiting that long is enough. */
export function formatWait(seconds: number, locale: Locale): string {
  const format = kept(`relative ${locale}`, () => new Intl.RelativeTimeFormat(tags[locale], { numeric: 'auto' }))
  const whole = Math.max(1, Math.ceil(seconds))
  if (whole < 90) return format.format(whole, 'second')
  return whole < 5400 ? format.format(Math.ceil(whole / 60), 'minute') : format.format(Math.ceil(whole / 3600), 'hour')
}
