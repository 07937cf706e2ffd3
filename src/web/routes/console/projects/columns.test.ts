import { expect, it } from 'vitest'
import { ProjectStatus } from '../../../../domains/projects/contract.ts'
import { verbsFor } from '../../../../domains/projects/project.ts'
import { verbsIn } from './columns.ts'

it('offers on a card what the status machine allows the agency, and nothing else', () => {
  for (const status of ProjectStatus.options) expect(verbsIn[status]).toEqual(verbsFor(status, 'agency'))
})
