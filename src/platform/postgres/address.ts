import { createHash } from 'node:crypto'
import { chownSync, lstatSync, mkdirSync, mkdtempSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Account } from './account.ts'

// Where the server is met: a Unix socket where the platform and the length of the path allow it, loopback otherwise.

export interface Address {
  /** The folder of the Unix socket, or undefined when the server listens on 127.0.0.1. */
  socketFolder: string | undefined
  port: number
}

/** PostgreSQL's own number. Sockets of different clusters lie in different folders, so all may carry it. */
const SOCKET_PORT = 5432
/** `sun_path` holds 104 bytes on macOS and 108 on Linux, the closing zero included. */
const LONGEST_PATH = 100

export function fitsSocket(folder: string): boolean {
  return Buffer.byteLength(join(folder, `.s.PGSQL.${SOCKET_PORT}`)) < LONGEST_PATH
}

/** Chooses an address for a server about to start. The socket lies in the cluster's folder when its path is short enough. */
export async function chooseAddress(cluster: string, account: Account | undefined): Promise<Address> {
  if (process.platform === 'win32') return loopback()
  if (fitsSocket(cluster)) return { socketFolder: cluster, port: SOCKET_PORT }
  const parent = [tmpdir(), '/tmp'].find((folder) => fitsSocket(join(folder, 'jasaweb-0123456789ab')))
  return parent ? { socketFolder: shortFolder(parent, cluster, account), port: SOCKET_PORT } : loopback()
}

export async function loopback(): Promise<Address> {
  return { socketFolder: undefined, port: await freePort() }
}

/** A URL that node-postgres and libpq both understand. */
export function connectionUrl(address: Address, user: string, password: string, database: string): string {
  const host = address.socketFolder ? `?host=${encodeURIComponent(address.socketFolder)}` : ''
  const login = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`
  return `postgresql://${login}@${address.socketFolder ? 'localhost' : '127.0.0.1'}:${address.port}/${encodeURIComponent(database)}${host}`
}

/** A folder that nobody but the server's account (and root) may enter, the same at every start when possible. */
export function shortFolder(parent: string, cluster: string, account: Account | undefined): string {
  const name = `jasaweb-${createHash('sha256').update(cluster).digest('hex').slice(0, 12)}`
  const folder = join(parent, name)
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch {
    const found = lstatSync(folder)
    const owner = account?.uid ?? process.getuid?.()
    if (found.isDirectory() && found.uid === owner && (found.mode & 0o077) === 0) return folder
    // Somebody else made it, perhaps to listen in.
    return own(mkdtempSync(`${folder}-`), account)
  }
  return own(folder, account)
}

function own(folder: string, account: Account | undefined): string {
  if (account) chownSync(folder, account.uid, account.gid)
  return folder
}

/** Whether somebody listens on the socket file. */
export function acceptsConnections(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(socket)
    const answer = (accepted: boolean) => {
      probe.destroy()
      resolve(accepted)
    }
    probe.once('connect', () => answer(true))
    probe.once('error', () => answer(false))
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}
