// The entry of every command: `jasaweb start`, `jasaweb config`, … Each is loaded only when it is asked for.
import { ConfigError } from './config.ts'
import { OperatorError } from './commands/operator-error.ts'

interface Command {
  does: string
  load(): Promise<{ run(args: string[]): Promise<void> }>
}
const commands: Record<string, Command> = {
  start: { does: 'Starts everything and serves.', load: () => import('./commands/start.ts') },
  dev: { does: 'Starts with live reload of the pages.', load: () => import('./commands/dev.ts') },
  demo: {
    does: 'Starts with a believable year of data, in a database of its own.',
    load: () => import('./commands/demo.ts'),
  },
  config: { does: 'Lists every option; with --show, the values in force.', load: () => import('./commands/config.ts') },
  migrate: { does: 'Brings the database up to date and stops.', load: () => import('./commands/migrate.ts') },
  events: {
    does: 'Shows the readers of the event log; `events replay <reader> [position]` runs one again, `events restored` follows a restore.',
    load: () => import('./commands/events.ts'),
  },
}

const [name = 'start', ...args] = process.argv.slice(2)
const command = Object.hasOwn(commands, name) ? commands[name] : undefined
if (command) {
  const { run } = await command.load()
  await run(args).catch((error: unknown) => {
    if (!(error instanceof ConfigError || error instanceof OperatorError)) throw error
    console.error(`\n${error.message}\n`)
    process.exitCode = 1
  })
} else {
  const list = Object.entries(commands).map(([each, { does }]) => `  jasaweb ${each.padEnd(8)} ${does}`)
  const asked = ['help', '--help', '-h'].includes(name)
  console[asked ? 'log' : 'error'](
    `${asked ? '' : `There is no command "${name}". `}The commands:\n\n${list.join('\n')}\n`,
  )
  process.exitCode = asked ? 0 : 2
}
