import { m } from '../../../i18n/generated/messages.js'

const words: Record<string, () => string> = {
  client: () => m.console_live_role_client(),
  staff: () => m.console_live_role_staff(),
  admin: () => m.console_live_role_admin(),
}
export const roleWord = (role: string): string => words[role]?.() ?? role
