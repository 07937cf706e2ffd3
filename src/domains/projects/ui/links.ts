// Finds web addresses in plain text.

export interface TextPart {
  text: string
  /** Always http or https; null for plain words. */
  href: string | null
}

/** The text in parts; joined they are the text again. Punctuation that ends a sentence does not belong to the address. */
export function splitLinks(text: string): TextPart[] {
  const parts: TextPart[] = []
  let from = 0
  for (const match of text.matchAll(/https?:\/\/[^\s<>"]+/gi)) {
    const address = match[0].replace(/[.,;:!?'’”)\]]+$/, '')
    if (!URL.canParse(address)) continue
    if (match.index > from) parts.push({ text: text.slice(from, match.index), href: null })
    parts.push({ text: address, href: new URL(address).href })
    from = match.index + address.length
  }
  if (from < text.length) parts.push({ text: text.slice(from), href: null })
  return parts
}
