// How Midtrans writes amounts and times: rupiah as "275000.00", times in GMT+7 without an offset.

const JAKARTA_MS = 7 * 60 * 60 * 1000

/** Whole rupiah → "275000.00". */
export const formatAmount = (rupiah: number): string => `${rupiah}.00`

/** "275000.00" or "275000" → 275000. Undefined for anything else: a fraction of a rupiah is refused, never rounded. */
export function parseAmount(text: string): number | undefined {
  return /^\d{1,13}(\.00)?$/.test(text) ? Number(text.split('.')[0]) : undefined
}

/** 2026-01-01T00:00:00Z → "2026-01-01 07:00:00". */
export function formatTime(time: Date): string {
  return new Date(time.getTime() + JAKARTA_MS).toISOString().slice(0, 19).replace('T', ' ')
}

/** As `custom_expiry.order_time` wants it: "2026-01-01 07:00:00 +0700". */
export const formatTimeWithOffset = (time: Date): string => `${formatTime(time)} +0700`

/** "2026-01-01 07:00:00" → 2026-01-01T00:00:00Z. Undefined for anything that is no such time, 30 February too. */
export function parseTime(text: string): Date | undefined {
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return undefined
  const time = new Date(Date.parse(`${text.replace(' ', 'T')}Z`) - JAKARTA_MS)
  return Number.isNaN(time.getTime()) || formatTime(time) !== text ? undefined : time
}
