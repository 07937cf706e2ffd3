// Language and theme: a form anywhere posts here and returns to its page. A signed-in reader's mail follows the language.
import { redirect } from 'react-router'
import { updateProfile } from '../../../domains/identity/contract.ts'
import { page } from '../../context.ts'
import { localPath } from '../../guard.ts'
import { isLocale, localeCookieOf } from '../../i18n/locale.ts'
import type { Route } from './+types/preferences.ts'

const year = 365 * 24 * 3600

export async function action({ request, context }: Route.ActionArgs) {
  const { call, user, publicUrl } = context.get(page)
  const form = await request.formData()
  const headers = new Headers()
  const keep = (name: string, value: string, age = year) => {
    const secure = publicUrl.startsWith('https:') ? '; Secure' : ''
    headers.append('Set-Cookie', `${name}=${value}; Path=/; Max-Age=${age}; SameSite=Lax${secure}`)
  }
  const locale = form.get('locale')
  if (isLocale(locale)) {
    headers.append('Set-Cookie', localeCookieOf(locale, publicUrl))
    if (user && user.locale !== locale) await call(updateProfile, { locale })
  }
  const theme = form.get('theme')
  if (theme === 'light' || theme === 'dark') keep('theme', theme)
  if (theme === 'system') keep('theme', '', 0)
  const back = form.get('back')
  return redirect(localPath(typeof back === 'string' ? back : null) ?? '/', { status: 303, headers })
}

export function loader() {
  return redirect('/')
}
