// The application to measure: on an empty folder of its own, with limits that no benchmark reaches.
import { readFile } from 'node:fs/promises'
import { dataFolder, startApplication as start } from '../../test/support/application.ts'

export { freePort } from '../../test/support/application.ts'

/** The sandbox's key, known here so that notifications can be signed. */
export const SERVER_KEY = 'SB-Mid-server-bench'

export interface Application {
  url: string
  pid: number
  /** Milliseconds from spawning to the first ready answer. */
  startedIn: number
  /** CPU seconds used by the process so far (Linux; NaN elsewhere). */
  cpuSeconds(): Promise<number>
  stop(): Promise<void>
}

export async function startApplication(options: { dataDir?: string } = {}): Promise<Application> {
  const own = options.dataDir === undefined ? dataFolder('bench') : undefined
  const dataDir = options.dataDir ?? own?.path ?? ''
  const { url, pid, startedIn, stop } = await start({ dataDir, env: { MIDTRANS_SERVER_KEY: SERVER_KEY } })
  return {
    url,
    pid,
    startedIn,
    cpuSeconds: () => cpuSecondsOf(pid),
    async stop() {
      await stop()
      await own?.remove()
    },
  }
}

async function cpuSecondsOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}
