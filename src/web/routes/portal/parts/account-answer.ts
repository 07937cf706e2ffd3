// What the account page asks and does. Any page that shows the account's sections may use it: the console's does, too.
import { data, redirectDocument } from 'react-router'
import type { z } from 'zod'
import {
  WeakPassword,
  WrongPassword,
  changePassword,
  getMe,
  listSessions,
  resendVerification,
  revokeSession,
  updateProfile,
  type Profile,
  type Session,
} from '../../../../domains/identity/contract.ts'
import type { PageContext } from '../../../context.ts'
import { explain, refused, secret, text, type FormState } from '../../../form.ts'
import { m } from '../../../i18n/generated/messages.js'
import { isLocale, localeCookieOf } from '../../../i18n/locale.ts'
import { problemOf } from '../../../problem.ts'

export type AccountProfile = z.output<typeof Profile>
export type AccountSession = z.output<typeof Session>
export type AccountForm = 'profile' | 'password' | 'resend' | 'revoke'
export type AccountField = 'name' | 'phone' | 'currentPassword' | 'newPassword'

export interface AccountAnswer extends FormState<AccountField> {
  /** Which of the page's forms it answers. */
  form: AccountForm
  done: boolean
}

const done = (form: AccountForm): AccountAnswer => ({ form, done: true, values: {}, errors: {}, message: null })

export async function loadAccount({ call }: PageContext) {
  const [{ user }, sessions] = await Promise.all([call(getMe, {}), call(listSessions, { limit: 100 })])
  return { user, sessions: sessions.data }
}

/** `here`: the path of the page that shows the forms. */
export async function accountAction(context: PageContext, form: FormData, here: string) {
  const intent = text(form, 'intent')
  if (intent === 'password') return changeOwnPassword(context, form)
  if (intent === 'revoke') return revoke(context, form)
  if (intent === 'resend') return resend(context)
  return saveProfile(context, form, here)
}

async function saveProfile({ call, locale, publicUrl }: PageContext, form: FormData, here: string) {
  const values = { name: text(form, 'name'), phone: text(form, 'phone') }
  const chosen = form.get('locale')
  try {
    await call(updateProfile, {
      name: values.name,
      phone: values.phone || null,
      ...(isLocale(chosen) && { locale: chosen }),
    })
  } catch (error) {
    const answer = refused<AccountField>(problemOf(error), values, {
      name: m.account_err_name(),
      phone: m.account_err_phone(),
      currentPassword: '',
      newPassword: '',
    })
    return data({ ...answer.data, form: 'profile', done: false } satisfies AccountAnswer, answer.init ?? undefined)
  }
  if (!isLocale(chosen) || chosen === locale) return done('profile')
  // Every word on the page changes, so it is loaded anew as a document.
  return redirectDocument(here, { status: 303, headers: { 'Set-Cookie': localeCookieOf(chosen, publicUrl) } })
}

async function changeOwnPassword({ call }: PageContext, form: FormData) {
  try {
    await call(changePassword, {
      currentPassword: secret(form, 'currentPassword'),
      newPassword: secret(form, 'newPassword'),
    })
    return done('password')
  } catch (error) {
    const problem = problemOf(error)
    const answer = refused<AccountField>(
      problem,
      {},
      {
        name: '',
        phone: '',
        currentPassword: m.account_err_password_empty(),
        newPassword: m.account_err_password_short(),
      },
    )
    const about = problem.is(WrongPassword) ? 'currentPassword' : problem.is(WeakPassword) ? 'newPassword' : null
    if (about) {
      answer.data.errors = {
        [about]: about === 'newPassword' ? m.account_err_password_weak() : m.portal_account_wrong_current(),
      }
      answer.data.message = m.account_check_fields()
    }
    return data({ ...answer.data, form: 'password', done: false } satisfies AccountAnswer, answer.init ?? undefined)
  }
}

async function revoke({ call }: PageContext, form: FormData) {
  try {
    await call(revokeSession, { id: text(form, 'session') })
    return done('revoke')
  } catch (error) {
    return failed('revoke', error)
  }
}

async function resend({ call }: PageContext) {
  try {
    await call(resendVerification, {})
    return done('resend')
  } catch (error) {
    return failed('resend', error)
  }
}

function failed(form: AccountForm, error: unknown) {
  const problem = problemOf(error)
  return data({ ...done(form), done: false, message: explain(problem) }, { status: problem.status })
}
