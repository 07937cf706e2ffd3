// Short-lived JWTs (RFC 7519), signed with Ed25519 only. Revocation goes by the session id they carry, never by the raw text.
import { SignJWT, calculateJwkThumbprint, errors, exportJWK, generateKeyPair, importJWK, jwtVerify } from 'jose'
import type { JWK } from 'jose'
import type { Clock } from './clock.ts'
import { newId } from './ids.ts'

export interface TokenClaims {
  /** User id. */
  sub: string
  /** Session id: the token dies with the session. */
  sid: string
}
export interface Tokens {
  /** `more` are further claims; `seconds` the lifetime. */
  issue(
    claims: TokenClaims,
    audience: 'api' | 'realtime',
    seconds: number,
    more?: Record<string, unknown>,
  ): Promise<string>
  /** The claims, or null for anything that is not one of our valid tokens for that audience. */
  verify(
    token: string,
    audience: 'api' | 'realtime',
  ): Promise<(TokenClaims & { exp: number; iat: number; more: Record<string, unknown> }) | null>
  /** The public keys. */
  jwks(): { keys: (JWK & { kty: string; kid: string })[] }
}

/** A new private key as JSON text, to be kept as a secret. */
export async function newSigningKey(): Promise<string> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
  return JSON.stringify(await exportJWK(privateKey))
}

export async function openTokens(options: { signingKey: string; issuer: string; clock: Clock }): Promise<Tokens> {
  const { issuer, clock } = options
  const jwk = JSON.parse(options.signingKey) as JWK
  const { d: _secret, ...publicJwk } = jwk
  const kid = await calculateJwkThumbprint(publicJwk)
  const privateKey = await importJWK(jwk, 'EdDSA')
  const publicKey = await importJWK(publicJwk, 'EdDSA')
  return {
    async issue({ sub, sid }, audience, seconds, more = {}) {
      const now = Math.floor(clock.now().getTime() / 1000)
      return new SignJWT({ ...more, sid })
        .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'JWT' })
        .setSubject(sub)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(now)
        .setExpirationTime(now + seconds)
        .setJti(newId(clock))
        .sign(privateKey)
    },
    async verify(token, audience) {
      if (!isCanonical(token)) return null
      try {
        const { payload, protectedHeader } = await jwtVerify(token, publicKey, {
          algorithms: ['EdDSA'],
          issuer,
          audience,
          currentDate: clock.now(),
          requiredClaims: ['sub', 'sid', 'exp', 'iat', 'jti'],
        })
        const { sub, sid, exp, iat, ...more } = payload
        if (
          protectedHeader.kid !== kid ||
          typeof sub !== 'string' ||
          typeof sid !== 'string' ||
          typeof exp !== 'number' ||
          typeof iat !== 'number'
        )
          return null
        return { sub, sid, exp, iat, more }
      } catch (error) {
        if (error instanceof errors.JOSEError) return null
        throw error
      }
    },
    jwks: () => ({ keys: [{ ...publicJwk, kty: 'OKP', kid, alg: 'EdDSA', use: 'sig' }] }),
  }
}

/** Base64url has several spellings of the same bytes; only the canonical one is ours. */
function isCanonical(token: string): boolean {
  if (token.length > 4096) return false
  const parts = token.split('.')
  return (
    parts.length === 3 &&
    parts.every((part) => part.length > 0 && Buffer.from(part, 'base64url').toString('base64url') === part)
  )
}
