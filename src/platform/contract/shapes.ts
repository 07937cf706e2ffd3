// Shapes that every domain's contract uses: ids, money, times, lists, texts in both languages.
import { z } from 'zod'

export const locales = ['id', 'en'] as const
export type Locale = (typeof locales)[number]
export const LocaleSchema = z.enum(locales)

/** UUIDv7, lower case. */
export const Id = z.uuid({ version: 'v7' }).meta({ description: 'UUIDv7' })
/** Whole rupiah. 1e12 is far above any invoice and far below what a double keeps exactly. */
export const Money = z.int().min(0).max(1_000_000_000_000).meta({ description: 'Whole rupiah' })
/** ISO 8601 in UTC. Stores give `Date`; the wire has a string. */
export const Time = z.union([z.date().transform((date) => date.toISOString()), z.iso.datetime()]).pipe(z.iso.datetime())

// Control characters never belong in a line of text; in longer texts only tab and line breaks do.
// eslint-disable-next-line no-control-regex
const line = /^[^\u0000-\u001f\u007f\u2028\u2029]*$/u
// eslint-disable-next-line no-control-regex
const paragraphs = /^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/u
/** One line of text: trimmed, 1 to `max` characters, no control characters. */
export const Line = (max = 200, min = 1) => z.string().trim().min(min).max(max).regex(line)
/** Text of several lines. */
export const Text = (max = 5000, min = 0) => z.string().trim().min(min).max(max).regex(paragraphs)
export const Email = z.string().trim().toLowerCase().max(254).pipe(z.email())
export const Slug = z
  .string()
  .min(1)
  .max(60)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)

/** The same text in both languages. */
export const Localized = (max = 5000) => z.strictObject({ id: Text(max, 1), en: Text(max, 1) })
export type LocalizedText = Record<Locale, string>

export const PageInput = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  /** Opaque: the `nextCursor` of the page before. */
  cursor: z.string().max(200).optional(),
})
/** A page of a list; `nextCursor` is null on the last. */
export const Page = <T extends z.ZodType>(item: T) =>
  z.object({ data: z.array(item), nextCursor: z.string().nullable() })
export const ById = z.strictObject({ id: Id })
export const Nothing = z.strictObject({})
