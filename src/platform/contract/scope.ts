// The policy check: who may call an operation and how far their call may look.
import type { Caller, Scope } from './call.ts'
import type { Operation } from './operation.ts'
import { Forbidden, NotSignedIn } from './problem.ts'

/** Throws `not_signed_in` or `forbidden` when the operation does not allow the caller. Only the dispatcher calls it. */
export function mintScope(operation: Operation, caller: Caller): Scope {
  const role = caller.kind === 'user' ? caller.user.role : 'anonymous'
  const reach = operation.allows[role]
  if (!reach) throw caller.kind === 'user' ? Forbidden.because() : NotSignedIn.because()
  return { reach, userId: caller.kind === 'user' ? caller.user.id : null } as Scope
}

/** For work the platform does on its own account: listeners, sweeps, seeds. Never in the path of a request. */
export function systemScope(): Scope {
  return { reach: 'all', userId: null } as Scope
}
