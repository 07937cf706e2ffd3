// From spawning `jasaweb start` to the first ready answer: on an empty folder, and again on the same one.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startApplication } from './support/application.ts'

export async function starts() {
  const dataDir = await mkdtemp(join(tmpdir(), 'jasaweb-bench-'))
  const times: number[] = []
  for (let run = 0; run < 4; run++) {
    const application = await startApplication({ dataDir })
    times.push(Math.round(application.startedIn))
    await application.stop()
  }
  await rm(dataDir, { recursive: true, force: true })
  const [cold, ...warm] = times
  const best = warm.toSorted((a, b) => a - b)
  return {
    what: `start on an empty folder ${cold} ms; warm, median of 3`,
    reach: 'warm ≤ 2,000 ms',
    requests: 3,
    p50: best[1],
    wrong: 0,
  }
}
