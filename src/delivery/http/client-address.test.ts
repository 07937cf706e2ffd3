import { expect, it } from 'vitest'
import { createClientAddress } from './client-address.ts'

const direct = createClientAddress([])
const proxied = createClientAddress(['10.0.0.0/8', '2001:db8:ffff::/48', '192.0.2.1'])

it('believes nobody unless told to', () => {
  expect(direct('203.0.113.9', '198.51.100.1')).toBe('203.0.113.9')
  expect(proxied('203.0.113.9', '198.51.100.1')).toBe('203.0.113.9')
})

it('takes the last address that no proxy of ours has, however many were made up before it', () => {
  expect(proxied('10.1.2.3', '198.51.100.1')).toBe('198.51.100.1')
  expect(proxied('10.1.2.3', '1.1.1.1, 198.51.100.1, 10.9.9.9')).toBe('198.51.100.1')
  expect(proxied('2001:db8:ffff::1', '2001:db8::7')).toBe('2001:db8::7')
})

it('stops at an entry that is no address', () => {
  expect(proxied('10.1.2.3', '198.51.100.1, unknown')).toBe('10.1.2.3')
  expect(proxied('10.1.2.3', '"<script>"')).toBe('10.1.2.3')
})

it('reads the forms in which addresses come', () => {
  expect(direct('::ffff:203.0.113.9', undefined)).toBe('203.0.113.9')
  expect(proxied('::ffff:10.1.2.3', '203.0.113.9:5123')).toBe('203.0.113.9')
  expect(proxied('10.1.2.3', '[2001:db8::7]:443')).toBe('2001:db8::7')
  expect(direct(undefined, undefined)).toBe('unknown')
})

it.each(['10.0.0.0/33', 'localhost', '10.0.0.0/8/8', '10.0.0.0/', '::/129'])(
  'refuses the proxy "%s" with a sentence',
  (entry) => {
    expect(() => createClientAddress([entry])).toThrow('is neither an address nor a network')
  },
)
