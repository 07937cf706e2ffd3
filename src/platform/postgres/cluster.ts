import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
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

export function openCluster(dataDir: string): Cluster {
  const isNew = !existsSync(dataDir)
  mkdirSync(dataDir, { recursive: true })
  const folder = realpathSync(resolve(dataDir))
  const data = join(folder, 'cluster')
  const account = serverAccount(existsSync(data) ? data : folder)
  // The server's account passes through to its own folder inside, and can read nothing on the way.
  if (isNew) chmodSync(folder, account ? 0o711 : 0o700)
  return {
    folder,
    data,
    log: join(folder, 'postgres.log'),
    users: join(folder, 'users'),
    startLock: join(folder, 'start.lock'),
    account,
  }
}

export function readPassword({ folder }: Cluster): string {
  try {
    return readFileSync(join(folder, 'password'), 'utf8').trim()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Error(
      code === 'EACCES'
        ? `${folder} belongs to another account: start JasaWeb as that account (or as root), or give it the folder with chown -R.`
        : `The password of the database in ${folder} is missing: restore the file "password" there from a backup.`,
      { cause: error },
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

/** Makes the cluster unless it exists. A crash in between leaves only a draft, which the next start throws away. */
export async function initialiseCluster(cluster: Cluster, initdb: string, durable: boolean): Promise<boolean> {
  if (existsSync(join(cluster.data, 'PG_VERSION'))) return false
  const draft = join(cluster.folder, 'cluster.draft')
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { mode: 0o700 })
  const password = join(cluster.folder, 'password')
  writeFileSync(password, randomBytes(24).toString('base64url'), { mode: 0o600, flush: durable })
  if (cluster.account) {
    for (const path of [draft, password]) chownSync(path, cluster.account.uid, cluster.account.gid)
  }
  await runInitdb(initdb, draft, password, cluster.account, durable)
  renameSync(draft, cluster.data)
  return true
}

async function runInitdb(
  initdb: string,
  draft: string,
  password: string,
  account: Account | undefined,
  durable: boolean,
) {
  // Read through the inherited descriptor, since the account may be unable to reach the file by its name.
  const input = process.platform === 'win32' ? undefined : openSync(password, 'r')
  const options = [
    ...[
      '-D',
      pathForServer(draft, account),
      '-U',
      SUPERUSER,
      `--pwfile=${input === undefined ? password : '/dev/stdin'}`,
    ],
    ...[
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
    ],
    ...['--data-checksums', '--no-instructions', ...(durable ? [] : ['--no-sync'])],
  ]
  try {
    const child = spawn(initdb, options, {
      cwd: draft,
      env: serverEnvironment(),
      stdio: [input ?? 'ignore', 'ignore', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
      ...account,
    })
    let said = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text))
    const code = await new Promise<number | string | null>((done, fail) => {
      child.once('error', fail)
      child.once('close', (status, signal) => done(status ?? signal))
    })
    if (code !== 0)
      throw new Error(`PostgreSQL could not make its data folder in ${draft} (initdb: ${code}):\n${said.trim()}`)
  } finally {
    if (input !== undefined) closeSync(input)
  }
}

/** The server gets nothing of the application's environment, which holds secrets. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot } = process.env
  return { PATH: PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC', ...(SystemRoot ? { SystemRoot } : {}) }
}
