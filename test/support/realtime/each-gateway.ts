// A gateway for each test of a file, and people who speak the plain protocol with it.
import { once } from 'node:events'
import { afterEach, beforeEach } from 'vitest'
import { WebSocket } from 'ws'
import type { Role } from '../../../src/platform/contract/operation.ts'
import { openGateway } from './gateway.ts'
import type { TestGateway } from './gateway.ts'

type Options = Parameters<typeof openGateway>[0]

/** The one of the test that is running. */
export let at: TestGateway
/** Closed before it is. */
export const ends: { close(): void }[] = []

export function gatewayForEach(options?: Options): void {
  beforeEach(async () => {
    at = await openGateway(options)
  })
  afterEach(async () => {
    for (const each of ends.splice(0)) each.close()
    await at.close()
  })
}

/** Another one in its place. */
export async function reopen(options: Options): Promise<void> {
  await at.close()
  at = await openGateway(options)
}

export type Said = Record<string, unknown> & { type: string; id?: string; payload?: { data: { text: string } } }

export interface Speaker {
  socket: WebSocket
  said: Said[]
  /** With the code it was closed with. */
  closed: Promise<number>
  say(message: object): void
  texts(): string[]
}

/** Somebody's connection to `/ws`; `more` goes into its address. */
export async function speak(
  user: string,
  { role = 'client', more = '', gateway = at }: { role?: Role; more?: string; gateway?: TestGateway } = {},
): Promise<Speaker> {
  const query = `token=${await gateway.token(user, { role })}&csrf=${gateway.csrf(`s-${user}`)}${more}`
  const socket = new WebSocket(`ws://127.0.0.1:${gateway.port}/ws?${query}`)
  ends.push({ close: () => socket.terminate() })
  const said: Said[] = []
  socket.on('message', (data) => said.push(JSON.parse((data as Buffer).toString()) as Said))
  const closed = once(socket, 'close').then(([code]) => code as number)
  await once(socket, 'open')
  return {
    socket,
    said,
    closed,
    say: (message) => socket.send(JSON.stringify(message)),
    texts: () => said.flatMap(({ payload }) => payload?.data.text ?? []),
  }
}
