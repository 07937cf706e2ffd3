// Passwords: argon2id (19 MiB, 2 passes, 1 lane), at most two at a time so that a rush of log-ins cannot eat the memory.
// No composition rules (NIST SP 800-63B): only length, which the contract checks, and not one of the commonest.
import { hash, verify } from '@node-rs/argon2'
import common from '@zxcvbn-ts/language-common'

// The library's algorithm is argon2id unless told otherwise.
const settings = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const COMMONEST = 3000
const SHORTEST = 8
const AT_ONCE = 2

let commonest: Set<string> | undefined

/** True for the 3,000 commonest passwords of a length we would accept, in any case. */
export function isCommon(password: string): boolean {
  commonest ??= new Set(
    common.dictionary['passwords-common'].filter((word) => word.length >= SHORTEST).slice(0, COMMONEST),
  )
  return commonest.has(password.toLowerCase())
}

let running = 0
const waiting: (() => void)[] = []

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
  else running += 1
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
}

export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(password, settings))

let decoy: Promise<string> | undefined

/** Whether it is the password. Takes as long for an account that does not exist (`hashed` null): it does not tell which do. */
export async function isPassword(hashed: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('no account has this password')
  const against = hashed ?? (await decoy)
  const right = await inTurn(() => verify(against, password))
  return hashed !== null && right
}
