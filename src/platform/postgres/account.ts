import { readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

// PostgreSQL refuses to run as root. A root process therefore runs it as the owner of the data folder when that is an
// unprivileged account, and as `nobody` otherwise.

export interface Account {
  uid: number
  gid: number
}

/** The account PostgreSQL has to run as, or undefined when it simply runs as this process' own. */
export function serverAccount(folder: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const { uid, gid } = statSync(folder)
  const passwd = readFileSync('/etc/passwd', 'utf8')
  return uid !== 0 && isNamed(uid, passwd) ? { uid, gid } : nobody(passwd)
}

/** Whether the account has an entry in /etc/passwd, without which PostgreSQL makes no data folder. */
export function isNamed(uid: number, passwd: string): boolean {
  return passwd.split('\n').some((line) => line.split(':')[2] === String(uid))
}

/** Finds `nobody`, or else the first account without privileges. */
export function nobody(passwd: string): Account {
  const accounts = passwd
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4 && Number(fields[2]) !== 0)
    .map(([name, , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
  const chosen = accounts.find(({ name }) => name === 'nobody') ?? accounts[0]
  if (!chosen) {
    throw new Error(
      'PostgreSQL refuses to run as root and /etc/passwd names no other account: add one, or start JasaWeb as an ordinary user.',
    )
  }
  return { uid: chosen.uid, gid: chosen.gid }
}

/** Whether the account may enter the folder and every folder above it. */
export function mayEnter(folder: string, account: Account | undefined): boolean {
  if (!account) return true
  for (let at = folder; ; at = dirname(at)) {
    const { mode, uid, gid } = statSync(at)
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return false
    if (dirname(at) === at) return true
  }
}
