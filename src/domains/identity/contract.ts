// Who people are: accounts, sessions, tokens.
import { z } from 'zod'
import { event } from '../../platform/contract/event.ts'
import {
  agencyOnly,
  anyone,
  del,
  get,
  operation,
  patch,
  post,
  roles,
  signedIn,
} from '../../platform/contract/operation.ts'
import { problem } from '../../platform/contract/problem.ts'
import {
  ById,
  Email,
  Id,
  Line,
  LocaleSchema,
  Nothing,
  Page,
  PageInput,
  Text,
  Time,
} from '../../platform/contract/shapes.ts'

export const EmailTaken = problem('email_taken', 409, 'An account with this e-mail address exists.')
export const WrongCredentials = problem('wrong_credentials', 401, 'The e-mail address or the password is wrong.')
export const WrongPassword = problem('wrong_password', 403, 'The current password is wrong.')
export const WeakPassword = problem('weak_password', 422, 'This password is too common.')
export const LoginThrottled = problem('login_throttled', 429, 'Too many attempts to sign in.')
export const LinkExpired = problem('link_expired', 410, 'This link has been used or has expired.')

export const AccountBlocked = problem('account_blocked', 403, 'This account is blocked.')
export const OwnRights = problem('own_rights', 409, 'Nobody can take their own rights away.')

// What takes long or writes to somebody's mailbox takes its share of the caller's limit.
const HASHING = 100
const MAILING = 200

export const RoleSchema = z.enum(roles)
/** No composition rules: 8–128 characters; the commonest are refused by the operation. */
export const Password = z.string().min(8).max(128)
export const Phone = z
  .string()
  .trim()
  .regex(/^\+?[0-9][0-9 ()-]{6,19}$/)

export const User = z.object({ id: Id, name: z.string(), email: z.string(), role: RoleSchema })
export const Profile = User.extend({
  phone: z.string().nullable(),
  locale: LocaleSchema,
  emailVerified: z.boolean(),
  /** The password was made by the system and is to be changed. */
  mustChangePassword: z.boolean(),
  createdAt: Time,
})
/** An account as the agency sees it. */
export const ClientAccount = Profile.extend({
  /** Since when and why it cannot sign in; null when it can. */
  blocked: z.object({ at: Time, reason: z.string() }).nullable(),
})
export const Session = z.object({
  id: Id,
  current: z.boolean(),
  address: z.string(),
  userAgent: z.string().nullable(),
  createdAt: Time,
  lastSeenAt: Time,
  expiresAt: Time,
})

export const register = operation('identity.register', {
  does: 'Creates a client account and signs it in.',
  rest: post('/api/auth/register', 201),
  input: z.strictObject({ name: Line(120), email: Email, password: Password, phone: Phone.optional() }),
  output: z.object({ user: User }),
  refuses: [EmailTaken, WeakPassword],
  allows: anyone,
  cost: HASHING,
})
export const login = operation('identity.login', {
  does: 'Signs in with e-mail and password and starts a session.',
  rest: post('/api/auth/login'),
  input: z.strictObject({ email: Email, password: z.string().min(1).max(128) }),
  output: z.object({ user: User }),
  refuses: [WrongCredentials, LoginThrottled, AccountBlocked],
  allows: anyone,
  cost: HASHING,
})
export const issueToken = operation('identity.issueToken', {
  does: 'Gives a ten-minute access token for API clients.',
  rest: post('/api/auth/token'),
  input: z.strictObject({ email: Email, password: z.string().min(1).max(128) }),
  output: z.object({ accessToken: z.string(), tokenType: z.literal('Bearer'), expiresIn: z.int() }),
  refuses: [WrongCredentials, LoginThrottled, AccountBlocked],
  allows: anyone,
  cost: HASHING,
})
export const logout = operation('identity.logout', {
  does: 'Ends the current session.',
  rest: post('/api/auth/logout', 204),
  input: Nothing,
  output: z.null(),
  allows: signedIn,
})
export const getMe = operation('identity.getMe', {
  does: 'The signed-in account.',
  rest: get('/api/auth/me'),
  input: Nothing,
  output: z.object({ user: Profile }),
  allows: signedIn,
})
export const updateProfile = operation('identity.updateProfile', {
  does: 'Changes name, phone or language of the signed-in account.',
  rest: patch('/api/auth/me'),
  input: z.strictObject({
    name: Line(120).optional(),
    phone: Phone.nullable().optional(),
    locale: LocaleSchema.optional(),
  }),
  output: z.object({ user: Profile }),
  allows: signedIn,
})
export const verifyEmail = operation('identity.verifyEmail', {
  does: 'Confirms an e-mail address with the token of the mailed link.',
  rest: post('/api/auth/verify-email'),
  input: z.strictObject({ token: Line(200) }),
  output: z.object({ verified: z.literal(true) }),
  refuses: [LinkExpired],
  allows: anyone,
  cost: 50,
})
export const resendVerification = operation('identity.resendVerification', {
  does: 'Mails the verification link again.',
  rest: post('/api/auth/resend-verification', 202),
  input: Nothing,
  output: z.object({ sent: z.boolean() }),
  allows: signedIn,
  cost: MAILING,
})
export const requestPasswordReset = operation('identity.requestPasswordReset', {
  does: 'Mails a link to choose a new password; the answer is the same whether the account exists or not.',
  rest: post('/api/auth/request-password-reset', 202),
  input: z.strictObject({ email: Email }),
  output: z.object({ accepted: z.literal(true) }),
  allows: anyone,
  cost: MAILING,
})
export const resetPassword = operation('identity.resetPassword', {
  does: 'Chooses a new password with the token of the mailed link; ends every session.',
  rest: post('/api/auth/reset-password'),
  input: z.strictObject({ token: Line(200), password: Password }),
  output: z.object({ user: User }),
  refuses: [LinkExpired, WeakPassword],
  allows: anyone,
  cost: HASHING,
})
export const changePassword = operation('identity.changePassword', {
  does: 'Changes the password and ends all other sessions.',
  rest: post('/api/auth/change-password'),
  input: z.strictObject({ currentPassword: z.string().min(1).max(128), newPassword: Password }),
  output: z.object({ user: User }),
  refuses: [WrongPassword, WeakPassword, LoginThrottled],
  allows: signedIn,
  cost: HASHING,
})
export const listSessions = operation('identity.listSessions', {
  does: 'The places where the account is signed in.',
  rest: get('/api/auth/sessions'),
  input: PageInput,
  output: Page(Session),
  allows: signedIn,
})
export const revokeSession = operation('identity.revokeSession', {
  does: 'Signs one session of the account out.',
  rest: del('/api/auth/sessions/{id}'),
  input: ById,
  output: z.null(),
  allows: signedIn,
})
export const getKeys = operation('identity.getKeys', {
  does: 'The public keys that verify our tokens (RFC 7517).',
  rest: get('/.well-known/jwks.json'),
  input: Nothing,
  output: z.object({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string() })) }),
  allows: anyone,
})
export const listClients = operation('identity.listClients', {
  does: 'The clients of the agency, newest first; `search` looks in name and e-mail.',
  rest: get('/api/admin/clients'),
  input: PageInput.extend({ search: Line(100).optional() }),
  output: Page(ClientAccount),
  allows: agencyOnly,
})
export const getClient = operation('identity.getClient', {
  does: 'One client.',
  rest: get('/api/admin/clients/{id}'),
  input: ById,
  output: ClientAccount,
  allows: agencyOnly,
})
export const blockUser = operation('identity.blockUser', {
  does: 'Blocks an account: it is signed out everywhere at once and cannot sign in.',
  rest: post('/api/admin/users/{id}/block'),
  input: ById.extend({ reason: Text(500, 3) }),
  output: ClientAccount,
  refuses: [OwnRights],
  allows: agencyOnly,
})
export const unblockUser = operation('identity.unblockUser', {
  does: 'Lets a blocked account sign in again.',
  rest: post('/api/admin/users/{id}/unblock'),
  input: ById,
  output: ClientAccount,
  refuses: [OwnRights],
  allows: agencyOnly,
})
export const changeRole = operation('identity.changeRole', {
  does: 'Makes an account a client, staff or administrator.',
  rest: post('/api/admin/users/{id}/role'),
  input: ById.extend({ role: RoleSchema }),
  output: ClientAccount,
  refuses: [OwnRights],
  allows: agencyOnly,
})

const aboutUser = ({ user }: { user: { id: string } }) => `user:${user.id}`
export const UserRegistered = event('user.registered', {
  data: z.object({ user: User }),
  subject: aboutUser,
  reaches: () => ['admin'],
  live: 'system_notification',
})
export const EmailVerified = event('user.email_verified', {
  data: z.object({ user: User }),
  subject: aboutUser,
  reaches: (data) => [aboutUser(data), 'admin'],
  live: 'system_notification',
})
export const PasswordChanged = event('user.password_changed', {
  data: z.object({ user: User, by: z.enum(['change', 'reset']) }),
  subject: aboutUser,
  reaches: (data) => [aboutUser(data)],
})
export const SessionsEnded = event('user.sessions_ended', {
  data: z.object({
    user: z.object({ id: Id }),
    sessionIds: z.array(Id),
    why: z.enum(['logout', 'revoked', 'password', 'blocked']),
  }),
  subject: aboutUser,
  reaches: (data) => [aboutUser(data)],
})

export const UserBlocked = event('user.blocked', {
  data: z.object({ user: User, reason: z.string() }),
  subject: aboutUser,
  reaches: () => ['admin'],
  live: 'system_notification',
})
export const UserUnblocked = event('user.unblocked', {
  data: z.object({ user: User }),
  subject: aboutUser,
  reaches: () => ['admin'],
  live: 'system_notification',
})
export const RoleChanged = event('user.role_changed', {
  data: z.object({ user: User, from: RoleSchema, to: RoleSchema }),
  subject: aboutUser,
  reaches: (data) => [aboutUser(data), 'admin'],
  live: 'system_notification',
})

export const operations = {
  register,
  login,
  issueToken,
  logout,
  getMe,
  updateProfile,
  verifyEmail,
  resendVerification,
  requestPasswordReset,
  resetPassword,
  changePassword,
  listSessions,
  revokeSession,
  getKeys,
  listClients,
  getClient,
  blockUser,
  unblockUser,
  changeRole,
}
export const events = {
  UserRegistered,
  EmailVerified,
  PasswordChanged,
  SessionsEnded,
  UserBlocked,
  UserUnblocked,
  RoleChanged,
}
export const problems = {
  EmailTaken,
  WrongCredentials,
  WrongPassword,
  WeakPassword,
  LoginThrottled,
  LinkExpired,
  AccountBlocked,
  OwnRights,
}
