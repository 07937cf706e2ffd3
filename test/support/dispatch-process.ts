// A process of its own that writes one note under a key and stops for ever at the given step, for tests that kill it there.
// Arguments: database URL, idempotency key, `before` or `after` the commit. Prints a line when it has got there.
import { openDatabase } from '../../src/platform/database.ts'
import { createLog } from '../../src/platform/log.ts'
import { createNotesDispatch, metaOf, operations } from './door.ts'

const [url = '', idempotencyKey = '', step, clientId = ''] = process.argv.slice(2)
const stay = () => {
  process.stdout.write('there\n')
  return new Promise<never>(() => setInterval(() => undefined, 1_000))
}
const database = openDatabase({ url, log: createLog({ level: 'silent' }) })
const { dispatch } = createNotesDispatch(database, {
  steps: step === 'after' ? { afterCommit: stay } : { beforeTransaction: stay },
})
const user = {
  id: clientId,
  name: 'client',
  email: 'client@klien.test',
  role: 'client' as const,
  locale: 'id' as const,
  emailVerified: true,
}
const caller = { kind: 'user' as const, user, sessionId: clientId, address: '127.0.0.1', via: 'cookie' as const }
await dispatch(operations.writeNote, { text: 'written once' }, metaOf(caller, { idempotencyKey }))
