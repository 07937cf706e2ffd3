// Accounts: new ones, and as the contract shows them to themselves and to the agency. Pure.
import type { z } from 'zod'
import type { Locale } from '../../platform/contract/shapes.ts'
import type { ClientAccount, Profile } from './contract.ts'
import type { UserRow } from './store.ts'

export const publicUser = ({ id, name, email, role }: UserRow) => ({ id, name, email, role })

export const addressee = ({ id, name, email, locale }: UserRow) => ({ id, name, email, locale })

export const profileFor = (user: UserRow): z.input<typeof Profile> => ({
  ...publicUser(user),
  phone: user.phone,
  locale: user.locale,
  emailVerified: user.email_verified_at !== null,
  mustChangePassword: user.password_is_temporary,
  createdAt: user.created_at,
})

export const accountFor = (user: UserRow): z.input<typeof ClientAccount> => ({
  ...profileFor(user),
  blocked: user.blocked_at === null ? null : { at: user.blocked_at, reason: user.block_reason ?? '' },
})

export interface NewAccount {
  name: string
  email: string
  phone: string | null
  locale: Locale
  role: 'client' | 'admin'
  passwordHash: string
  temporary?: boolean
}

/** The row of a new account; administrators need not confirm their address. */
export const newAccount = (fields: NewAccount, id: string, now: Date): UserRow => ({
  id,
  name: fields.name,
  email: fields.email,
  phone: fields.phone,
  role: fields.role,
  locale: fields.locale,
  password_hash: fields.passwordHash,
  password_is_temporary: fields.temporary ?? false,
  email_verified_at: fields.role === 'admin' ? now : null,
  blocked_at: null,
  block_reason: null,
  created_at: now,
  updated_at: now,
})
