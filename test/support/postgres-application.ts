import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** What the application in miniature says; see postgres-process.ts. */
export interface Said {
  url?: string
  lost?: string
  failed?: string
  stopped?: boolean
}

export interface Application {
  child: ChildProcess
  /** The next thing it says. Rejects when it ends without saying any more. */
  next(): Promise<Said>
  /** Kills it with SIGKILL and waits until it is gone. */
  kill(): Promise<void>
  /** Has it stop in good order and waits until it is gone. */
  stop(): Promise<void>
}

/** Starts an application of its own process group that uses the PostgreSQL of the folder. */
export function startApplication(dataDir: string, options: { uid?: number; gid?: number } = {}): Application {
  const program = fileURLToPath(new URL('postgres-process.ts', import.meta.url))
  const child = spawn(process.execPath, [program, dataDir, JSON.stringify({ fsync: 'off' })], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
    cwd: '/',
    ...options,
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const exited = once(child, 'exit')
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    await exited
  }
  return {
    child,
    async next() {
      const { value, done } = await lines.next()
      if (done) throw new Error('the application has ended')
      return JSON.parse(value) as Said
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  }
}
