import { expect, it } from 'vitest'
import { isCrossSite } from './cross-site.ts'

const origins = { publicOrigin: 'https://agency.example' }
const post = (headers: Record<string, string>) =>
  isCrossSite('POST', new Headers({ host: 'internal:3000', ...headers }), origins)

it('lets our own pages and programs through', () => {
  expect(post({ 'sec-fetch-site': 'same-origin', origin: 'https://agency.example' })).toBe(false)
  expect(post({ 'sec-fetch-site': 'none' })).toBe(false)
  expect(post({ origin: 'https://agency.example' })).toBe(false)
  expect(post({ origin: 'http://internal:3000' })).toBe(false)
  expect(post({})).toBe(false)
})

it.each<[string, Record<string, string>]>([
  ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
  ['a sibling subdomain', { 'sec-fetch-site': 'same-site', origin: 'https://blog.agency.example' }],
  ['an old browser on another site', { origin: 'https://evil.example' }],
  ['a sandboxed frame', { origin: 'null' }],
  ['plain http of our own name', { origin: 'http://agency.example' }],
  ['a header nobody knows', { 'sec-fetch-site': 'moon' }],
  ['another site with our cookie', { 'sec-fetch-site': 'cross-site', cookie: '__Host-jasaweb=x' }],
])('refuses %s', (_who, headers) => {
  expect(post(headers)).toBe(true)
})

it('minds only requests that change something by the cookie', () => {
  const foreign = new Headers({ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' })
  for (const method of ['GET', 'HEAD', 'OPTIONS']) expect(isCrossSite(method, foreign, origins)).toBe(false)
  for (const method of ['PUT', 'PATCH', 'DELETE', 'PROPFIND']) expect(isCrossSite(method, foreign, origins)).toBe(true)
  expect(post({ 'sec-fetch-site': 'cross-site', authorization: 'Bearer x' })).toBe(false)
})
