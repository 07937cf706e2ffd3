import type { Config } from '../config.ts'
import { createLog } from '../platform/log.ts'

/** In a terminal only what needs a person; as a service everything worth keeping. */
export const logFor = (config: Config) =>
  createLog({ level: config.LOG_LEVEL ?? (process.stdout.isTTY ? 'warn' : 'info') })
