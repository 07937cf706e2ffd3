// Signed-in people for benchmarks, over the public interface.
import type { Application } from './application.ts'

export interface Person {
  get(path: string): Promise<Response>
  post(path: string, body: unknown, key?: string): Promise<Response>
  cookie: string
}

export async function signIn({ url }: Application, how: { path: 'register' | 'login'; body: object }): Promise<Person> {
  const answer = await fetch(`${url}/api/auth/${how.path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(how.body),
  })
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0]
  if (!cookie) throw new Error(`signing in failed: ${answer.status} ${await answer.text()}`)
  return {
    cookie,
    get: (path) => fetch(`${url}${path}`, { headers: { cookie } }),
    post: (path, body, key) =>
      fetch(`${url}${path}`, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json', ...(key ? { 'idempotency-key': key } : {}) },
        body: JSON.stringify(body),
      }),
  }
}
let number = 0
export const client = (application: Application) =>
  signIn(application, {
    path: 'register',
    body: { name: 'Bench', email: `bench-${process.pid}-${++number}@bench.test`, password: 'kopi-tubruk-pagi-hari' },
  })

export interface Payment {
  id: string
  qrString: string
  orderId: string
}
export interface Ordered {
  project: { id: string }
  invoice: { id: string }
}
export async function order(person: Person): Promise<Ordered> {
  const answer = await person.post('/api/orders', { plan: 'company', projectName: 'Situs ukur' }, crypto.randomUUID())
  if (answer.status !== 201) throw new Error(await answer.text())
  return (await answer.json()) as Ordered
}
export async function startPayment(person: Person, invoiceId: string): Promise<Payment> {
  const answer = await person.post(`/api/invoices/${invoiceId}/payments`, { method: 'qris' }, crypto.randomUUID())
  if (answer.status !== 201) throw new Error(await answer.text())
  return (await answer.json()) as Payment
}
