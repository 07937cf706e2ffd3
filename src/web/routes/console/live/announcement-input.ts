// Reads the form of an announcement, and finds the field that a problem points at. Pure.
import type { GivenInput } from '../../../../platform/contract/operation.ts'
import type { InputError } from '../../../../platform/contract/problem.ts'
import { roles } from '../../../../platform/contract/operation.ts'
import type { notify } from '../../../../domains/realtime/contract.ts'
import { localized, type Values } from '../catalogue/input.ts'

type Input = GivenInput<typeof notify>
export const targetKinds = ['everybody', 'role', 'user', 'project'] as const
export const severities = ['info', 'success', 'warning', 'critical'] as const

export function announcementOf(values: Values): Input {
  const time = (name: string) => {
    const text = values[name] ?? ''
    return text === '' ? undefined : Number.isNaN(Date.parse(text)) ? text : new Date(text).toISOString()
  }
  const [startsAt, endsAt] = [time('startsAt'), time('endsAt')]
  return {
    target: targetOf(values),
    title: localized(values, 'title'),
    body: localized(values, 'body'),
    severity: severities.find((each) => each === values.severity) ?? 'info',
    ...(startsAt === undefined ? {} : { startsAt }),
    ...(endsAt === undefined ? {} : { endsAt }),
  }
}

/** An empty choice is sent as it is: the operation says what is missing. */
function targetOf(values: Values): NonNullable<Input['target']> {
  switch (values.target) {
    case 'role':
      return { kind: 'role', role: roles.find((each) => each === values.role) ?? 'client' }
    case 'user':
      return { kind: 'user', userId: values.userId ?? '' }
    case 'project':
      return { kind: 'project', projectId: values.projectId ?? '' }
    default:
      return { kind: 'everybody' }
  }
}

/** `/title/en` → `title.en`, `/target/userId` → `userId`. */
export const fieldsOf = (errors: readonly InputError[]): string[] => [
  ...new Set(
    errors.map(({ pointer }) => {
      const [name = '', part] = pointer.split('/').slice(1)
      if (name === 'target') return part ?? 'target'
      return part ? `${name}.${part}` : name
    }),
  ),
]
