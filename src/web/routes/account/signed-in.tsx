import type { ReactNode } from 'react'
import { destination } from '../../guard.ts'
import { m } from '../../i18n/generated/messages.js'
import { useReader } from '../../reader.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'

/** Shows `children` to strangers; who is signed in already is offered to carry on. */
export function SignedIn({ next, children }: { next: string | null; children: ReactNode }) {
  const { user } = useReader()
  if (!user) return children
  return (
    <div>
      <p className="font-semibold">{m.account_signed_in_as({ name: user.name })}</p>
      <p className="mt-1 text-small text-soft">{m.account_signed_in_text()}</p>
      <div className="mt-6 flex flex-wrap gap-3">
        <ButtonLink to={destination(next, user.role)} reloadDocument kind="main" after="arrow-right">
          {m.account_continue()}
        </ButtonLink>
        <form method="post" action="/sign-out">
          <Button icon="sign-out">{m.common_sign_out()}</Button>
        </form>
      </div>
    </div>
  )
}
