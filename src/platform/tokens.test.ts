import { expect, it } from 'vitest'
import fc from 'fast-check'
import { ManualClock } from './clock.ts'
import { newSigningKey, openTokens } from './tokens.ts'

const clock = new ManualClock('2026-11-23T00:00:00Z')
const tokens = await openTokens({ signingKey: await newSigningKey(), issuer: 'https://a.test', clock })
const others = await openTokens({ signingKey: await newSigningKey(), issuer: 'https://a.test', clock })
const claims = { sub: 'user', sid: 'session' }

it('verifies its own tokens, for their audience and time only', async () => {
  const token = await tokens.issue(claims, 'api', 60, { extra: 'x' })
  const iat = clock.now().getTime() / 1000
  const more = { extra: 'x', jti: expect.any(String) }
  expect(await tokens.verify(token, 'api')).toMatchObject({ ...claims, iat, exp: iat + 60, more })
  expect(await tokens.verify(token, 'realtime')).toBeNull()
  expect(await others.verify(token, 'api')).toBeNull()
  await clock.advance(61_000)
  expect(await tokens.verify(token, 'api')).toBeNull()
})
it('refuses a token changed in any one character', async () => {
  const token = await tokens.issue(claims, 'api', 60)
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.='
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: token.length - 1 }), fc.constantFrom(...alphabet), async (at, character) => {
      fc.pre(token[at] !== character)
      expect(await tokens.verify(token.slice(0, at) + character + token.slice(at + 1), 'api')).toBeNull()
    }),
    { numRuns: 500 },
  )
})
it('never throws on what is no token', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.string(),
        fc.string().map((text) => `${text}.${text}.${text}`),
      ),
      async (text) => {
        expect(await tokens.verify(text, 'api')).toBeNull()
      },
    ),
  )
})
it('publishes the public half alone', () => {
  expect(tokens.jwks().keys[0]).not.toHaveProperty('d')
})
