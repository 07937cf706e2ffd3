// `npm run bench [name …]`: starts the application, measures, prints a table, and writes nothing. Figures worth keeping go to
// docs/benchmarks.md by hand, with date and machine.
import { availableParallelism, cpus } from 'node:os'
import { acknowledgement, paidToScreen } from './payments.ts'
import { bare, home, manyClients, orders, projects } from './http.ts'
import { starts } from './starts.ts'
import { startApplication } from './support/application.ts'

const benchmarks = { starts, home, bare, projects, manyClients, orders, paidToScreen, acknowledgement }
const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !Object.hasOwn(benchmarks, name))
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}; these exist: ${Object.keys(benchmarks).join(', ')}.`)
  process.exit(2)
}
const application = await startApplication()
console.log(
  `\n${cpus()[0]?.model.trim()}, ${availableParallelism()} cores, Node ${process.version}; started in ${Math.round(application.startedIn)} ms (empty folder)\n`,
)
try {
  const rows = []
  for (const [name, measure] of Object.entries(benchmarks)) {
    if (wanted.length === 0 || wanted.includes(name)) rows.push({ name, ...(await measure(application)) })
  }
  console.table(rows)
} finally {
  await application.stop()
}
