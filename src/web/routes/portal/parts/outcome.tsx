import { Notice } from '../../../ui/notice.tsx'
import type { AccountAnswer } from './account-answer.ts'

/** What became of a form, where it was sent from. */
export function Outcome({ answer, done }: { answer: AccountAnswer | undefined; done: string }) {
  const message = answer?.done ? done : answer?.message
  if (!message) return null
  return (
    <Notice tone={answer?.done ? 'success' : 'danger'} live className="mb-5 animate-arrive">
      {message}
    </Notice>
  )
}
