// Every text exists in every language with the same placeholders, stands in the file of its area, and is used somewhere.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Texts by key, by language, by area: `{ mail: { id: { mail_greeting: 'Halo {name},' } } }`. */
export type Areas = Record<string, Record<string, Record<string, unknown>>>

/** One sentence for everything that is wrong. `code` is all source text in which keys may be used. */
export function checkMessages(areas: Areas, locales: readonly string[], code: string): string[] {
  const used = new Set(code.match(/[A-Za-z_][A-Za-z0-9_]*/g))
  // Keys put together at run time, such as m[`portal_status_${status}`].
  const prefixes = [...code.matchAll(/[`'"]([a-z0-9]+_[a-z0-9_]*)(?:\$\{|['"] ?\+)/g)].map((match) => match[1] ?? '')
  const isUsed = (key: string) => used.has(key) || prefixes.some((prefix) => key.startsWith(prefix))
  return Object.entries(areas).flatMap(([area, byLocale]) => {
    const keys = [...new Set(locales.flatMap((locale) => Object.keys(byLocale[locale] ?? {})))]
    return keys.flatMap((key) => [
      ...(key.startsWith(`${area}_`) ? [] : [`${key} stands in "${area}": name it ${area}_… or move it to its area.`]),
      ...(isUsed(key) ? [] : [`${key} is used nowhere: delete it in every language.`]),
      ...locales.flatMap((locale) => compare(key, locale, byLocale, locales[0] ?? '')),
    ])
  })
}

function compare(key: string, locale: string, byLocale: Areas[string], base: string): string[] {
  const text = byLocale[locale]?.[key]
  if (text === undefined) return [`${key} is missing in "${locale}": translate it, do not copy it.`]
  if (textOf(text).trim() === '') return [`${key} is empty in "${locale}".`]
  const expected = placeholders(byLocale[base]?.[key])
  const found = placeholders(text)
  const same = expected.length === found.length && expected.every((name, index) => name === found[index])
  return same || byLocale[base]?.[key] === undefined
    ? []
    : [
        `${key} has {${found.join('} {')}} in "${locale}" but {${expected.join('} {')}} in "${base}": the same values are handed to both.`,
      ]
}

const textOf = (text: unknown) => (typeof text === 'string' ? text : JSON.stringify(text ?? ''))

/** Of a plain text its placeholders; of one with variants (an array) its declared inputs. */
function placeholders(text: unknown): string[] {
  if (typeof text === 'string')
    return [...new Set([...text.matchAll(/\{([A-Za-z_]\w*)\}/g)].map((match) => match[1] ?? ''))].sort()
  const declared = JSON.stringify(text ?? '').matchAll(/"input (\w+)"/g)
  return [...new Set([...declared].map((match) => match[1] ?? ''))].sort()
}

function readAreas(folder: string, locales: readonly string[]): Areas {
  const areas: Areas = {}
  for (const file of globSync('*/*.json', { cwd: folder })) {
    const [area = '', name = ''] = file.split(/[\\/]/)
    const { $schema: _, ...texts } = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as Record<string, unknown>
    ;(areas[area] ??= {})[name.replace('.json', '')] = texts
  }
  const unknown = Object.values(areas).flatMap((byLocale) =>
    Object.keys(byLocale).filter((name) => !locales.includes(name)),
  )
  if (unknown.length > 0)
    throw new Error(`Messages in a language that settings.json does not name: ${unknown.join(', ')}`)
  return areas
}

if (import.meta.main) {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const i18n = `${root}/src/web/i18n`
  const { locales } = JSON.parse(readFileSync(`${i18n}/project.inlang/settings.json`, 'utf8')) as { locales: string[] }
  const sources = globSync(['src/**/*.{ts,tsx}', 'client/**/*.{ts,tsx}'], {
    cwd: root,
    exclude: (path) => path.includes('generated'),
  })
  const code = sources
    .filter((file) => existsSync(`${root}/${file}`))
    .map((file) => readFileSync(`${root}/${file}`, 'utf8'))
  const areas = readAreas(`${i18n}/messages`, locales)
  const wrong = checkMessages(areas, locales, code.join('\n'))
  const count = Object.values(areas).reduce(
    (sum, byLocale) => sum + Object.keys(byLocale[locales[0] ?? ''] ?? {}).length,
    0,
  )
  console.log([...wrong, `${count} messages in ${locales.length} languages`].join('\n'))
  if (wrong.length > 0) process.exitCode = 1
}
