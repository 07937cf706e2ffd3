// From the provider to the client's screen: how fast a notification is acknowledged while others are processed, and how long
// after the wallet paid the client's live connection is told.
import { createHash } from 'node:crypto'
import { WebSocket } from 'ws'
import type { Application } from './support/application.ts'
import { load, percentile, round } from './support/load.ts'
import { client, order, startPayment } from './support/people.ts'
import { SERVER_KEY } from './support/application.ts'
import type { Payment, Person } from './support/people.ts'

export async function paidToScreen(application: Application) {
  const person = await client(application)
  const socket = await live(application, person)
  const waits: number[] = []
  for (let n = 0; n < 60; n++) {
    const { invoice } = await order(person)
    const { qrString } = await startPayment(person, invoice.id)
    const told = socket.told(
      (message) => message.payload.event === 'invoice.paid' && message.payload.data.invoice?.id === invoice.id,
    )
    const began = performance.now()
    const answer = await fetch(`${application.url}/sandbox/wallet/pay`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ qrString, scenario: 'pay' }),
    })
    if (!answer.ok) throw new Error(await answer.text())
    await told
    waits.push(performance.now() - began)
  }
  socket.close()
  return {
    what: 'paid in the wallet → live message at the client',
    reach: 'p95 ≤ 300 ms',
    requests: waits.length,
    p50: round(percentile(waits, 0.5)),
    p95: round(percentile(waits, 0.95)),
    p99: round(percentile(waits, 0.99)),
    wrong: 0,
  }
}

/** Well-signed notifications, each of a payment of its own, twenty at once, while those before are confirmed and processed. */
export async function acknowledgement(application: Application) {
  const person = await client(application)
  const payments: Payment[] = []
  for (let n = 0; n < 400; n++) payments.push(await startPayment(person, (await order(person)).invoice.id))
  const figures = await load(payments.length, 20, async (number) => {
    const { orderId = '' } = payments[number] ?? {}
    const signed = { order_id: orderId, status_code: '200', gross_amount: '2000000.00' }
    const signature_key = createHash('sha512')
      .update(Object.values(signed).join('') + SERVER_KEY)
      .digest('hex')
    const body = {
      ...signed,
      signature_key,
      transaction_id: crypto.randomUUID(),
      transaction_status: 'settlement',
      fraud_status: 'accept',
    }
    const answer = await fetch(`${application.url}/api/webhooks/midtrans`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    await answer.arrayBuffer()
    return answer.status === 200
  })
  return { what: 'notification → acknowledged, 20 at once', reach: 'p95 ≤ 100 ms', ...figures }
}

interface Message {
  payload: { event: string; data: { invoice?: { id: string } } }
}
async function live(application: Application, person: Person) {
  const { token, csrf } = (await (await person.get('/api/websocket/token')).json()) as { token: string; csrf: string }
  const socket = new WebSocket(`${application.url.replace('http:', 'ws:')}/ws?token=${token}&csrf=${csrf}`)
  const waiting = new Set<(message: Message) => void>()
  socket.on('message', (data) => {
    for (const each of waiting) each(JSON.parse((data as Buffer).toString()) as Message)
  })
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  return {
    told: (wanted: (message: Message) => boolean) =>
      new Promise<void>((resolve) => {
        const check = (message: Message) => {
          if (!wanted(message)) return
          waiting.delete(check)
          resolve()
        }
        waiting.add(check)
      }),
    close: () => socket.close(),
  }
}
