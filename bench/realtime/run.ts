// `npm run bench:realtime [name …]`: a gateway as `jasaweb start --role realtime` runs it, and its peers in the same run. Prints
// tables and writes nothing; figures worth keeping go to docs/benchmarks.md by hand. Needs Linux, for /proc.
import { availableParallelism, cpus, loadavg } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { churn } from './churn.ts'
import { compression } from './compression.ts'
import { deliveries } from './deliveries.ts'
import { drain } from './drain.ts'
import { startGateway } from './gateway.ts'
import { openInstallation } from './installation.ts'
import { latency } from './latency.ts'
import { idle, memory } from './memory.ts'
import { startReceivers } from './receivers.ts'
import type { Row, Setting } from './setting.ts'
import { stalled } from './stalled.ts'

const benchmarks: Record<string, (setting: Setting) => Promise<Row[]>> = {
  memory,
  idle,
  deliveries,
  latency,
  compression,
  stalled,
  churn,
  drain,
}
const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !Object.hasOwn(benchmarks, name))
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}; these exist: ${Object.keys(benchmarks).join(', ')}.`)
  process.exit(2)
}
if (process.platform !== 'linux') {
  console.error('CPU time and memory are read from /proc, which only Linux has.')
  process.exit(2)
}

/** Done at the end, last things first. */
const endings: (() => void | Promise<void>)[] = []
let ended = Promise.resolve()
/** Does what is to be done since there were so many; one thing at a time, whoever asks. */
const end = (from = 0): Promise<void> =>
  (ended = ended.then(async () => {
    while (endings.length > from) await endings.pop()?.()
  }))
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void end().finally(() => process.exit(130)))

function print({ what, reach, ...figures }: Row): void {
  console.log(`  ${what}\n    ${'to reach'.padEnd(28)}${reach}`)
  for (const [name, value] of Object.entries(figures)) console.log(`    ${name.padEnd(28)}${value}`)
  console.log('')
}

const LONGEST_MS = 300_000
const tooLong = () =>
  sleep(LONGEST_MS, undefined, { ref: false }).then(() => Promise.reject(new Error('this took too long')))

const load = () => loadavg()[0]?.toFixed(1)
console.log(
  `\n${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model.trim()}, ${availableParallelism()} cores, Node ${process.version}`,
)
console.log(
  'Server, PostgreSQL, writer and receivers share the cores. CPU time is user + system of all threads of the process that\nlistens, memory its VmRSS, both from /proc. Client and server speak over loopback.\n',
)
try {
  const installation = await openInstallation()
  endings.push(() => installation.close())
  for (const [name, measure] of Object.entries(benchmarks)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    console.log(`${name} (load ${load()})`)
    const mark = endings.length
    const ending: Setting['ending'] = (task) => void endings.push(task)
    const more = () => {
      const receivers = startReceivers()
      ending(() => receivers.stop())
      return receivers
    }
    const gateway: Setting['gateway'] = async (environment = {}) => {
      const started = await startGateway({ ...installation.environment, ...environment })
      ending(() => started.stop())
      return started
    }
    const rows = await Promise.race([measure({ installation, receivers: more(), more, gateway, ending }), tooLong()])
    for (const row of rows) print(row)
    await end(mark)
  }
} finally {
  await end()
}
