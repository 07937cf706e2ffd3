// The look of every mail: one column, one action, readable without pictures; the same words as plain text.
import type { Locale } from '../contract/shapes.ts'

export interface LetterContent {
  locale: Locale
  subject: string
  greeting: string
  paragraphs: string[]
  action?: { label: string; url: string }
  /** Pairs such as amount and due date. */
  facts?: { label: string; value: string }[]
  closing: string
}
export interface Letter {
  subject: string
  text: string
  html: string
}

export function letter(content: LetterContent): Letter {
  return { subject: content.subject, text: plain(content), html: styled(content) }
}

function plain({ greeting, paragraphs, action, facts = [], closing }: LetterContent): string {
  const blocks = [greeting, ...paragraphs]
  if (facts.length > 0) blocks.push(facts.map(({ label, value }) => `${label}: ${value}`).join('\n'))
  if (action) blocks.push(`${action.label}:\n${action.url}`)
  return [...blocks, closing].join('\n\n') + '\n'
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escape = (text: string) => text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character)

function styled({ locale, subject, greeting, paragraphs, action, facts = [], closing }: LetterContent): string {
  const p = (text: string) => `<p style="margin:0 0 16px">${escape(text)}</p>`
  const rows = facts.map(
    ({ label, value }) =>
      `<tr><td style="padding:6px 16px 6px 0;color:#5b6172">${escape(label)}</td><td style="padding:6px 0;font-weight:600">${escape(value)}</td></tr>`,
  )
  const table =
    rows.length > 0
      ? `<table role="presentation" style="margin:0 0 16px;border-collapse:collapse">${rows.join('')}</table>`
      : ''
  const button = action
    ? `<p style="margin:24px 0"><a href="${escape(action.url)}" style="display:inline-block;padding:12px 20px;border-radius:8px;background:#3a3f9e;color:#ffffff;text-decoration:none;font-weight:600">${escape(action.label)}</a></p><p style="margin:0 0 16px;font-size:13px;color:#5b6172;word-break:break-all">${escape(action.url)}</p>`
    : ''
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(subject)}</title></head>
<body style="margin:0;padding:24px;background:#fbf9f4;color:#141a2e;font:15px/1.6 'Plus Jakarta Sans',system-ui,sans-serif"><div style="max-width:560px;margin:0 auto;padding:32px;background:#ffffff;border:1px solid #e6e1d6;border-radius:8px">
${p(greeting)}${paragraphs.map(p).join('')}${table}${button}${p(closing)}
</div></body></html>
`
}
