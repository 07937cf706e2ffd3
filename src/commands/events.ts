// `jasaweb events`: the readers of the event log, running one again from an earlier position, and what is to be done after a
// restore.
import { readConfig } from '../config.ts'
import { systemClock } from '../platform/clock.ts'
import { buildWorld } from '../world.ts'
import { readyDatabase } from './database.ts'
import { logFor } from './log.ts'
import { OperatorError } from './operator-error.ts'

const usage = 'Use: jasaweb events, jasaweb events replay <reader> [from position], or jasaweb events restored.'

export async function run([verb, reader, from]: string[]): Promise<void> {
  const config = readConfig()
  const log = logFor(config)
  const server = await readyDatabase(config, log)
  const world = await buildWorld({ config, databaseUrl: server.url, clock: systemClock, random: Math.random, log })
  const { events, database } = world.platform
  try {
    if (verb === undefined) console.table(await events.readers())
    else if (verb === 'replay' && reader !== undefined) {
      const position = from === undefined ? 1 : Number(from)
      if (!Number.isSafeInteger(position) || position < 1)
        throw new OperatorError(`"${from}" is not a position of the log. ${usage}`)
      const known = world.slices.flatMap((slice) => slice.readers ?? []).find(({ name }) => name === reader)
      if (!known || !(await events.replay(known, position))) {
        const names = world.slices.flatMap((slice) => slice.readers ?? []).map(({ name }) => name)
        throw new OperatorError(`There is no reader "${reader}" that has run before. Readers: ${names.join(', ')}.`)
      }
      console.log(
        `The reader ${reader} begins again at position ${position}; running processes go on from there by themselves.`,
      )
    } else if (verb === 'restored') {
      await events.rename()
      console.log('Clients load anew what they show, once every process has been started anew.')
    } else throw new OperatorError(usage)
  } finally {
    await events.close()
    await world.http.close()
    await database.close()
    await server.stop()
  }
}
