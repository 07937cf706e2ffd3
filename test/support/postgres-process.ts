import { startPostgres } from '../../src/platform/postgres/supervisor.ts'

// An application in miniature, for tests that kill applications: uses the PostgreSQL of the folder it is told, says so
// in lines of JSON, and stops in good order at SIGINT and SIGTERM.

const [dataDir = '', settings = '{}'] = process.argv.slice(2)
const say = (message: Record<string, unknown>) => process.stdout.write(`${JSON.stringify(message)}\n`)

try {
  const server = await startPostgres({
    dataDir,
    settings: JSON.parse(settings) as Record<string, string>,
    onUnexpectedExit: (reason) => say({ lost: reason }),
  })
  const idle = setInterval(() => {}, 60_000)
  const stop = async () => {
    clearInterval(idle)
    await server.stop()
    say({ stopped: true })
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())
  say({ url: server.url() })
} catch (error) {
  say({ failed: error instanceof Error ? error.message : String(error) })
}
