// What a project's page is made of.
import type { z } from 'zod'
import type { ProjectDetail } from '../../../../domains/projects/contract.ts'
import type { FormState } from '../../../form.ts'

export type ProjectStory = z.output<typeof ProjectDetail>
export interface Bill {
  id: string
  number: string
  status: string
  owed: number
  paymentKey: string
}
export type Answer = FormState<'note' | 'reason' | 'confirmation'> | undefined
