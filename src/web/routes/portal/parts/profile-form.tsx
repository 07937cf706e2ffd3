import { locales } from '../../../../platform/contract/shapes.ts'
import { m } from '../../../i18n/generated/messages.js'
import { Button } from '../../../ui/button.tsx'
import { Field, Select } from '../../../ui/field.tsx'
import type { AccountAnswer, AccountProfile } from './account-answer.ts'
import { Outcome } from './outcome.tsx'
import { PortalForm, useSending } from './portal-form.tsx'

const names = { id: () => m.common_language_id(), en: () => m.common_language_en() }

export function ProfileForm({ user, answer }: { user: AccountProfile; answer: AccountAnswer | undefined }) {
  const busy = useSending('profile')
  return (
    <PortalForm intent="profile" className="max-w-md space-y-5">
      <Outcome answer={answer} done={m.portal_account_saved()} />
      <Field
        label={m.account_name()}
        name="name"
        autoComplete="name"
        required
        maxLength={120}
        defaultValue={answer?.values.name ?? user.name}
        error={answer?.errors.name}
      />
      <Field
        label={m.account_phone()}
        optional={m.common_optional()}
        hint={m.account_phone_hint()}
        name="phone"
        type="tel"
        autoComplete="tel"
        defaultValue={answer?.values.phone ?? user.phone ?? ''}
        error={answer?.errors.phone}
      />
      <Select
        label={m.portal_account_language()}
        hint={m.portal_account_language_hint()}
        name="locale"
        defaultValue={user.locale}
      >
        {locales.map((locale) => (
          <option key={locale} value={locale} lang={locale}>
            {names[locale]()}
          </option>
        ))}
      </Select>
      <Button kind="main" busy={busy}>
        {m.portal_account_save()}
      </Button>
    </PortalForm>
  )
}
