import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Account } from './account.ts'
import { pathForServer, SERVER_ENVIRONMENT, SUPERUSER, type Cluster } from './cluster.ts'

// Makes the data folder of a new cluster, under a name of its own until it is whole: a crash in between leaves a draft
// that the next start throws away, even while an orphaned initdb still writes into it.

const DRAFT = 'cluster.draft-'

/** Makes the cluster unless it exists; to be called under the start lock. `durable`: wait until it is on the disk. */
export async function initialiseCluster(cluster: Cluster, initdb: string, durable: boolean): Promise<boolean> {
  for (const name of readdirSync(cluster.folder)) {
    if (name.startsWith(DRAFT)) discard(join(cluster.folder, name))
  }
  if (existsSync(cluster.data)) return false
  const draft = mkdtempSync(join(cluster.folder, DRAFT))
  const password = join(cluster.folder, 'password')
  writeFileSync(password, randomBytes(24).toString('base64url'), { mode: 0o600, flush: durable })
  if (cluster.account) {
    for (const path of [draft, password]) chownSync(path, cluster.account.uid, cluster.account.gid)
  }
  await runInitdb(initdb, draft, password, cluster.account, durable)
  renameSync(draft, cluster.data)
  return true
}

function discard(draft: string): void {
  try {
    rmSync(draft, { recursive: true, force: true })
  } catch {
    // An orphaned initdb is still filling it: the start after the next one will do.
  }
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
  const options = {
    pgdata: pathForServer(draft, account),
    username: SUPERUSER,
    pwfile: input === undefined ? password : '/dev/stdin',
    auth: 'scram-sha-256',
    encoding: 'UTF8',
    locale: 'C',
    'locale-provider': 'builtin',
    'builtin-locale': 'C.UTF-8',
  }
  const flags = ['--data-checksums', '--no-instructions', ...(durable ? [] : ['--no-sync'])]
  try {
    const child = spawn(initdb, [...Object.entries(options).map(([name, value]) => `--${name}=${value}`), ...flags], {
      cwd: draft,
      env: SERVER_ENVIRONMENT,
      stdio: [input ?? 'ignore', 'ignore', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
      ...account,
    })
    let said = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text))
    const outcome = await new Promise<number | string | null>((done, fail) => {
      child.once('error', fail)
      child.once('close', (status, signal) => done(status ?? signal))
    })
    if (outcome !== 0) {
      const advice = said.includes('effective user ID')
        ? 'Give the account an entry in /etc/passwd, start JasaWeb as another one, or set DATABASE_URL to a PostgreSQL server of your own.\n'
        : ''
      throw new Error(
        `PostgreSQL could not make its data folder in ${draft} (initdb: ${outcome}).\n${advice}${said.trim()}`,
      )
    }
  } finally {
    if (input !== undefined) closeSync(input)
  }
}
