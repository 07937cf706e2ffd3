// `jasaweb migrate`: for deployments that bring the database up to date before the new version starts.
import { readConfig } from '../config.ts'
import { logFor } from './log.ts'
import { readyDatabase } from './database.ts'

export async function run(): Promise<void> {
  const config = readConfig()
  const server = await readyDatabase(config, logFor(config))
  await server.stop()
}
