// The entry of the gateway's bundle; see `scripts/gateway-bundle.js`.
import { ConfigError } from '../config.ts'
import { OperatorError } from './operator-error.ts'
import { holdConnections } from './realtime.ts'

holdConnections().catch((error: unknown) => {
  if (!(error instanceof ConfigError || error instanceof OperatorError)) throw error
  console.error(`\n${error.message}\n`)
  process.exit(1)
})
