// `jasaweb start --role web,worker`: which parts of the work a process takes. All of them unless it is told.
import { processRoles, type ProcessRole } from '../process-roles.ts'
import { OperatorError } from './operator-error.ts'

/** The roles named by `--role a,b` or `--role=a,b`; throws an `OperatorError` for anything else. */
export function readRoles(args: readonly string[]): ReadonlySet<ProcessRole> {
  const named: ProcessRole[] = []
  for (let at = 0; at < args.length; at++) {
    const given = /^--roles?(?:=(.*))?$/.exec(args[at] ?? '')
    if (!given)
      throw new OperatorError(`"${args[at]}" is not an option of start. Use --role ${processRoles.join('|')}.`)
    const value = given[1] ?? args[++at] ?? ''
    for (const name of value.split(',').map((part) => part.trim())) {
      const role = processRoles.find((each) => each === name)
      if (!role)
        throw new OperatorError(
          `There is no role "${name}". Use ${processRoles.join(', ')}, or several joined by commas.`,
        )
      named.push(role)
    }
  }
  return new Set(named.length === 0 ? processRoles : named)
}
