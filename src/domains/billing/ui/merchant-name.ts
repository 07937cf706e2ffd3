// Whom a QRIS code pays, as the payer's app will show it (EMV QRCPS Merchant-Presented Mode, data object 59), so that people
// can compare before they confirm.

/** Null when the code has no such field or is not well-formed. */
export function merchantName(qrString: string): string | null {
  let at = 0
  while (at + 4 <= qrString.length) {
    const tag = qrString.slice(at, at + 2)
    const size = qrString.slice(at + 2, at + 4)
    if (!/^\d{2}$/.test(size)) return null
    const end = at + 4 + Number(size)
    if (end > qrString.length) return null
    if (tag === '59') return qrString.slice(at + 4, end).trim() || null
    at = end
  }
  return null
}
