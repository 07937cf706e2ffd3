import {
  accessSync,
  appendFileSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  statSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { mayEnter, serverAccount, type Account } from './account.ts'

// The folder of one embedded PostgreSQL:
//   cluster/            PostgreSQL's own data folder, belonging to the account it runs as
//   password            the superuser's password, mode 0600
//   postgres.log        what PostgreSQL said, and postgres.log.1 before that
//   users/, start.lock  who uses it now, and the lock under which it is started and stopped

export const SUPERUSER = 'jasaweb'

export interface Cluster {
  folder: string
  data: string
  log: string
  users: string
  startLock: string
  account: Account | undefined
}

/** Finds or makes the folder. Throws a sentence that says what to do when it belongs to another account. */
export function openCluster(dataDir: string): Cluster {
  const isNew = !existsSync(dataDir)
  mkdirSync(dataDir, { recursive: true })
  const folder = realpathSync(resolve(dataDir))
  const data = join(folder, 'cluster')
  refuseForeign(folder)
  if (existsSync(data)) refuseForeign(data)
  const account = serverAccount(existsSync(data) ? data : folder)
  // The server's account passes through to its own folder inside, and can list nothing on the way.
  if (isNew) chmodSync(folder, account ? 0o711 : 0o700)
  const cluster = {
    folder,
    data,
    log: join(folder, 'postgres.log'),
    users: join(folder, 'users'),
    startLock: join(folder, 'start.lock'),
    account,
  }
  furnish(cluster)
  return cluster
}

/** What root makes in the folder of another account stays usable for that account. */
function furnish({ folder, log, users, startLock }: Cluster): void {
  mkdirSync(users, { recursive: true })
  const files = [startLock, log]
  for (const file of files) appendFileSync(file, '', { mode: 0o600 })
  if (process.getuid?.() !== 0) return
  const { uid, gid } = statSync(folder)
  for (const path of [users, ...files]) chownSync(path, uid, gid)
}

function refuseForeign(folder: string): void {
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (cause) {
    throw new Error(
      `${folder} belongs to another account: start JasaWeb as that account (or as root), or give it the folder with chown -R.`,
      { cause },
    )
  }
}

export function readPassword({ folder }: Cluster): string {
  try {
    return readFileSync(join(folder, 'password'), 'utf8').trim()
  } catch (cause) {
    throw new Error(
      `The password of the database in ${folder} cannot be read: restore the file "password" there from a backup.`,
      { cause },
    )
  }
}

/**
 * How to name a folder to the server. Its account may own the folder and yet be kept out by one above it (the home of
 * root, say). It is then started inside the folder, and names it by the one path that passes through no parent.
 */
export function pathForServer(folder: string, account: Account | undefined): string {
  if (mayEnter(folder, account)) return folder
  if (process.platform === 'linux') return '/proc/self/cwd'
  throw new Error(
    `PostgreSQL runs as an unprivileged account, which may not enter ${folder}: set DATA_DIR to a folder outside, or start JasaWeb as an ordinary user.`,
  )
}

/** All that the server gets of an environment: the application's own holds secrets. */
export const SERVER_ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }
