// What a process has used, as the kernel counts it.
import { readFile } from 'node:fs/promises'

const TICKS_PER_SECOND = 100
const KILO = 1024

/** User and system CPU seconds of all threads of a process so far. */
export async function cpuSecondsOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
}

export interface Memory {
  /** Bytes resident now, and at the most since the process began. */
  resident: number
  peak: number
}
export async function memoryOf(pid: number): Promise<Memory> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  const value = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]) * KILO
  return { resident: value('VmRSS'), peak: value('VmHWM') }
}

/** The processes that a process has started itself. */
export async function childrenOf(pid: number): Promise<{ pid: number; command: string }[]> {
  const pids = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(/\s+/).filter(Boolean)
  return Promise.all(
    pids.map(async (child) => ({
      pid: Number(child),
      command: await readFile(`/proc/${child}/cmdline`, 'utf8').catch(() => ''),
    })),
  )
}

/** The most memory that a process holds while `work` is done, looked at five times a second. */
export async function mostDuring(pid: number, work: () => Promise<void>): Promise<number> {
  let most = 0
  const look = async () => void (most = Math.max(most, (await memoryOf(pid)).resident))
  const timer = setInterval(() => void look(), 200)
  try {
    await work()
    await look()
  } finally {
    clearInterval(timer)
  }
  return most
}

export const megabytes = (bytes: number) => Math.round(bytes / 1e5) / 10
export const kilobytes = (bytes: number) => Math.round(bytes / 1e2) / 10
/** Milliseconds that mean the same in every process of the machine, whatever is done to its clock. */
export const now = () => Number(process.hrtime.bigint()) / 1e6
