import { expect, it } from 'vitest'
import { checkMessages, type Areas } from './check-messages.ts'

const locales = ['id', 'en']
const check = (id: Record<string, unknown>, en: Record<string, unknown>, code: string, area = 'mail') =>
  checkMessages({ [area]: { id, en } } satisfies Areas, locales, code)

it('is content when every language has every text with the same placeholders', () => {
  expect(check({ mail_hello: 'Halo {name}' }, { mail_hello: 'Hello {name}' }, 'm.mail_hello()')).toEqual([])
})

it('finds a text that one language lacks, or has empty', () => {
  expect(check({ mail_hello: 'Halo' }, {}, 'mail_hello')).toEqual([
    expect.stringContaining('mail_hello is missing in "en"'),
  ])
  expect(check({}, { mail_hello: 'Hello' }, 'mail_hello')).toEqual([
    expect.stringContaining('mail_hello is missing in "id"'),
  ])
  expect(check({ mail_hello: 'Halo' }, { mail_hello: ' ' }, 'mail_hello')).toEqual([
    expect.stringContaining('mail_hello is empty in "en"'),
  ])
})

it('finds a placeholder that one language lacks or misspells', () => {
  expect(check({ mail_hello: 'Halo {name}' }, { mail_hello: 'Hello {nama}' }, 'mail_hello')).toEqual([
    expect.stringContaining('{nama}'),
  ])
})

it('compares the inputs of texts with variants', () => {
  const variants = (input: string) => [{ declarations: [`input ${input}`], match: {} }]
  expect(check({ mail_days: variants('count') }, { mail_days: variants('count') }, 'mail_days')).toEqual([])
  expect(check({ mail_days: variants('count') }, { mail_days: variants('days') }, 'mail_days')).toHaveLength(1)
})

it('finds a text that nobody uses, but knows keys put together at run time', () => {
  const texts = { mail_status_paid: 'x' }
  expect(check(texts, texts, '')).toEqual([expect.stringContaining('used nowhere')])
  expect(check(texts, texts, 'm[`mail_status_${status}`]')).toEqual([])
})

it('wants a key to begin with its area', () => {
  expect(check({ hello: 'Halo' }, { hello: 'Hello' }, 'hello')).toEqual([expect.stringContaining('name it mail_…')])
})
