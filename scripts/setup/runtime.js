// Finds the Node that runs the project: the one in node_modules (an npm package, so that any machine gets the same), else the
// one on this machine if it is new enough.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './project.js'

const OLDEST = 24

/**
 * The path of a Node 24 or newer that runs on this machine.
 * @throws {Error} with a sentence for the reader when there is none.
 */
export function findNode() {
  const packaged = packagedNode()
  if (packaged === process.execPath) return packaged
  if (packaged && works(packaged)) return packaged
  if (majorOf(process.version) >= OLDEST) return process.execPath
  if (works('node')) return 'node'
  throw new Error(
    `JasaWeb needs Node ${OLDEST}. For ${process.platform} ${process.arch} it cannot bring its own, and this machine has ` +
      `${process.version}: install Node ${OLDEST} or newer, then run the command again.`,
  )
}

/** The Node in node_modules, if there is one for this platform. */
export function packagedNode(folder = root) {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const file = join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  return existsSync(file) ? file : undefined
}

// The packaged Node is made for glibc: on another system it exists and yet does not start.
function works(file) {
  const { status, stdout } = spawnSync(file, ['--version'], { encoding: 'utf8' })
  return status === 0 && majorOf(stdout) >= OLDEST
}

const majorOf = (version) => Number(/^v?(\d+)/.exec(version.trim())?.[1] ?? 0)
