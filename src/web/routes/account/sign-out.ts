import { redirect } from 'react-router'
import { logout } from '../../../domains/identity/contract.ts'
import { page } from '../../context.ts'
import type { Route } from './+types/sign-out.ts'

export async function action({ context }: Route.ActionArgs) {
  const { call, user } = context.get(page)
  if (user) await call(logout, {})
  return redirect('/', 303)
}

export function loader() {
  return redirect('/')
}
