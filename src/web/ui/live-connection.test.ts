import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it, vi } from 'vitest'
import { WebSocketServer, type WebSocket as ServerSocket } from 'ws'
import { openLive, type LiveNews, type LiveState } from './live-connection.ts'

const undo: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step()
})

/** A server that gives tokens and keeps its sockets, and a page that is connected to it. */
async function setting() {
  const state = { tokens: 0, answer: 200, sockets: [] as ServerSocket[], asked: [] as string[] }
  const server = createServer((_, answer) => {
    state.tokens++
    answer.writeHead(state.answer, { 'content-type': 'application/json' })
    answer.end(
      JSON.stringify({ token: `token ${state.tokens}`, csrf: 'c&s', expiresIn: 300, url: 'ws://elsewhere.invalid/ws' }),
    )
  })
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (socket, request) => {
    state.asked.push(request.url ?? '')
    state.sockets.push(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  undo.push(() => {
    sockets.close()
    server.closeAllConnections()
    server.close()
  })
  const seen = { states: [] as LiveState[], news: [] as LiveNews[], gaps: 0 }
  let wake = () => {}
  const stop = openLive({
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    onState: (next) => seen.states.push(next),
    onNews: (news) => seen.news.push(news),
    onGap: () => seen.gaps++,
    onWake: (again) => {
      wake = again
      return () => (wake = () => {})
    },
    random: () => 0,
  })
  undo.push(() => {
    stop()
    for (const socket of state.sockets) socket.terminate()
  })
  return { state, seen, stop, wake: () => wake() }
}

it('connects with its token to the origin of the page and hands on every message', async () => {
  const { state, seen } = await setting()
  await vi.waitFor(() => expect(seen.states).toEqual(['live']))
  expect(state.asked).toEqual(['/ws?token=token+1&csrf=c%26s'])
  const news: LiveNews = {
    type: 'project_update',
    payload: { event: 'project.started', data: { id: 1 } },
    timestamp: '2026-11-23T00:00:00Z',
    id: '7',
  }
  state.sockets[0]?.send(JSON.stringify(news))
  state.sockets[0]?.send(JSON.stringify({ type: 'pong' }))
  state.sockets[0]?.send(JSON.stringify({ ...news, id: '8' }))
  await vi.waitFor(() => expect(seen.news.map(({ id }) => id)).toEqual(['7', '8']))
  expect(seen.gaps).toBe(0)
})
it('comes back after a loss with a new token, and says that messages may have been missed', async () => {
  const { state, seen } = await setting()
  await vi.waitFor(() => expect(seen.states).toEqual(['live']))
  state.sockets[0]?.terminate()
  await vi.waitFor(() => expect(seen.states).toEqual(['live', 'interrupted', 'live']), { timeout: 5000 })
  expect([state.tokens, seen.gaps]).toEqual([2, 1])
})
it('keeps trying while the server refuses, and at once when the page wakes', async () => {
  const { state, seen, wake } = await setting()
  await vi.waitFor(() => expect(seen.states).toEqual(['live']))
  state.answer = 503
  state.sockets[0]?.terminate()
  await vi.waitFor(() => expect(state.tokens).toBeGreaterThanOrEqual(3), { timeout: 5000 })
  state.answer = 200
  wake()
  await vi.waitFor(() => expect(seen.states.at(-1)).toBe('live'), { timeout: 2000 })
})
it('does not open a second connection when the page wakes while it has one', async () => {
  const { state, seen, wake } = await setting()
  wake()
  await vi.waitFor(() => expect(seen.states).toEqual(['live']))
  wake()
  state.sockets[0]?.send(
    JSON.stringify({ type: 'system_notification', payload: { event: 'x', data: null }, timestamp: '', id: '1' }),
  )
  await vi.waitFor(() => expect(seen.news).toHaveLength(1))
  expect([state.tokens, state.sockets.length]).toEqual([1, 1])
})
it('stops asking once the session has ended, so that the page can lead to the sign-in', async () => {
  const { state, seen } = await setting()
  await vi.waitFor(() => expect(seen.states).toEqual(['live']))
  state.answer = 401
  state.sockets[0]?.terminate()
  await vi.waitFor(() => expect(seen.gaps).toBe(1), { timeout: 5000 })
  expect(state.tokens).toBe(2)
})
it('ends for good when the page is left', async () => {
  const { state, seen, stop, wake } = await setting()
  await vi.waitFor(() => expect(seen.states).toEqual(['live']))
  const closed = once(state.sockets[0] as ServerSocket, 'close')
  stop()
  await closed
  wake()
  expect(state.tokens).toBe(1)
})
