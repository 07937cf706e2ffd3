// The locale of the request being rendered. Messages ask `getLocale()`, also deep in React; an AsyncLocalStorage answers, so
// that two requests rendered at the same time cannot take each other's language.
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Locale } from '../../platform/contract/shapes.ts'
import { overwriteGetLocale } from './generated/runtime.js'
import { defaultLocale } from './locale.ts'

const current = new AsyncLocalStorage<Locale>()
overwriteGetLocale(() => current.getStore() ?? defaultLocale)

export function withLocale<T>(locale: Locale, work: () => T): T {
  return current.run(locale, work)
}
