// The installation's keys, as every process opens them: the master key beside the data, the others sealed in the database.
import type { Config } from './config.ts'
import type { Clock } from './platform/clock.ts'
import { randomToken } from './platform/crypto.ts'
import type { Database } from './platform/database.ts'
import { masterKey, secret } from './platform/secrets.ts'
import { newSigningKey, openTokens } from './platform/tokens.ts'
import type { Tokens } from './platform/tokens.ts'

export interface Keys {
  tokens: Tokens
  /** Binds csrf values of live connections to sessions. */
  csrfKey: Buffer
  /** A further secret of that name, made the first time. */
  keep(name: string, make: () => Promise<string> | string): Promise<string>
}

export async function openKeys(config: Config, database: Database, clock: Clock): Promise<Keys> {
  const key = await masterKey(config.MASTER_KEY ?? null, `${config.DATA_DIR}/master.key`)
  const keep: Keys['keep'] = (name, make) => secret(database, key, name, make)
  const signingKey = await keep('jwt_signing_key', newSigningKey)
  const tokens = await openTokens({ signingKey, issuer: config.PUBLIC_URL, clock })
  const csrfKey = Buffer.from(await keep('realtime_csrf_key', randomToken), 'base64url')
  return { tokens, csrfKey, keep }
}
