// A moment as people say it ("3 minutes ago"), with the exact one on hover and for machines.
import { defaultTimeZone, formatDate, formatRelative, type DateStyle } from '../i18n/format.ts'
import { getLocale } from '../i18n/generated/runtime.js'
import { useNow } from './now.ts'

/** `show` defaults to the relative form. Times are shown in the agency's zone (WIB). */
export function DateTime({
  at,
  show = 'relative',
  className,
}: {
  at: string
  show?: 'relative' | DateStyle
  className?: string
}) {
  const exact = formatDate(at, getLocale(), 'full', defaultTimeZone)
  return (
    <time dateTime={at} title={exact} className={className}>
      {show === 'relative' ? <Relative at={at} /> : formatDate(at, getLocale(), show, defaultTimeZone)}
    </time>
  )
}

function Relative({ at }: { at: string }) {
  const now = useNow(30_000)
  return formatRelative(at, new Date(now), getLocale())
}
