import { setImmediate } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { m } from './generated/messages.js'
import { getLocale } from './generated/runtime.js'
import { withLocale } from './request-locale.server.ts'

it('gives each of many requests at the same time its own language, also after waiting', async () => {
  const render = async (turns: number) => {
    const seen: string[] = []
    for (let turn = 0; turn < turns; turn++) {
      await setImmediate()
      seen.push(`${getLocale()} ${m.common_sign_in()}`)
    }
    return new Set(seen)
  }
  const requests = Array.from({ length: 60 }, (_, index) => {
    const locale = index % 2 === 0 ? 'id' : 'en'
    return withLocale(locale, () => render((index % 7) + 1)).then((seen) => ({ locale, seen: [...seen] }))
  })
  for (const { locale, seen } of await Promise.all(requests))
    expect(seen).toEqual([locale === 'id' ? 'id Masuk' : 'en Sign in'])
})
it('speaks Indonesian outside of requests, and any language when told', () => {
  expect([getLocale(), m.common_sign_in(), m.common_sign_in({}, { locale: 'en' })]).toEqual(['id', 'Masuk', 'Sign in'])
})
