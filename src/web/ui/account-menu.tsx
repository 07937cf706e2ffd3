// Who is signed in, and the way out; with language and theme. For pages with JavaScript.
import { m } from '../i18n/generated/messages.js'
import { useReader } from '../reader.ts'
import { Icon } from './icon.tsx'
import { Menu, MenuItem, MenuLine } from './menu.tsx'
import { LanguageChoice, ThemeChoice } from './preferences.tsx'
import type { ReactNode } from 'react'

/** `children` are further `MenuItem`s, before the usual ones. */
export function AccountMenu({ children }: { children?: ReactNode }) {
  const { user } = useReader()
  if (!user) return null
  return (
    <Menu
      trigger={
        <button
          type="button"
          className="inline-flex min-h-10 items-center gap-2 rounded-base px-2 text-small font-semibold hover:bg-sunken"
        >
          <span
            aria-hidden
            className="grid size-8 place-items-center rounded-full bg-nila-wash text-caption font-bold text-nila uppercase"
          >
            {initials(user.name)}
          </span>
          <span className="max-w-40 truncate max-sm:visually-hidden">{user.name}</span>
          <Icon label={m.common_account()} name="chevron-down" className="text-faint" />
        </button>
      }
    >
      <div className="px-3 pt-2 pb-2.5">
        <p className="font-semibold">{user.name}</p>
        <p className="text-caption text-faint">{user.email}</p>
      </div>
      <MenuLine />
      {children}
      <div className="flex items-center justify-between gap-3 px-3 py-2">
        <LanguageChoice />
        <ThemeChoice />
      </div>
      <MenuLine />
      <MenuItem icon="globe" render={<a href="/" />}>
        {m.common_to_site()}
      </MenuItem>
      <form method="post" action="/sign-out">
        <MenuItem icon="sign-out" render={<button />}>
          {m.common_sign_out()}
        </MenuItem>
      </form>
    </Menu>
  )
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  return [words[0], words.length > 1 ? words.at(-1) : ''].map((word) => [...(word ?? '')][0] ?? '').join('')
}
