// `jasaweb dev`: pages reload as they are edited; the process itself is restarted by Node's watcher when server code changes.
import { readConfig } from '../config.ts'
import { serve } from './start.ts'

export async function run(): Promise<void> {
  await serve(readConfig(), 'development')
}
