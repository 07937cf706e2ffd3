// Server-sent events for networks that let no WebSocket through. Read with `fetch`, which unlike `EventSource` tells why it was
// refused; commands go by POST, one after the other, and are answered on the stream.
import { pause, type Timing } from './timing.ts'
import { lost, retryAfterOf, sizeOf, type Ending, type OpenTransport } from './transport.ts'

export interface StreamAddresses {
  events: URL
  commands: URL
}

/** Milliseconds before a command is sent again that the server had no time for, unless it says how long. */
const usualPause = 1_000

export const streamFrom =
  (fetch: typeof globalThis.fetch, addresses: StreamAddresses, timing: Timing): OpenTransport =>
  (events) => {
    const stop = new AbortController()
    const { signal } = stop
    let session: { session: string; node: string } | undefined
    let sending: Promise<unknown> = Promise.resolve()

    function end(ending: Ending): void {
      if (signal.aborted) return
      stop.abort()
      events.ended(ending)
    }
    function take(event: string, text: string): void {
      if (event === 'welcome') {
        session = JSON.parse(text) as NonNullable<typeof session>
        events.opened()
      } else if (event === 'reply' && text.startsWith('{"type":"closed"')) {
        // There is no close frame here.
        end(JSON.parse(text) as Ending)
      } else events.text(text)
    }
    async function read(): Promise<Ending> {
      const answer = await fetch(addresses.events, {
        headers: { accept: 'text/event-stream' },
        cache: 'no-store',
        signal,
      })
      if (!answer.ok || !answer.body) {
        const { status, headers } = answer
        return { ...lost, reason: `refused: ${status}`, status, retryAfter: retryAfterOf(headers) }
      }
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
      let rest = ''
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        if (signal.aborted) break
        events.heard(sizeOf(part.value))
        const blocks = (rest + part.value).split(/\r?\n\r?\n/)
        rest = blocks.pop() ?? ''
        for (const block of blocks) {
          const data = fieldOf(block, 'data')
          if (data !== undefined && !signal.aborted) take(fieldOf(block, 'event') ?? 'message', data)
        }
      }
      return lost
    }
    async function post(data: string): Promise<void> {
      if (signal.aborted) return
      const answer = await fetch(addresses.commands, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...session, data }),
        signal,
      })
      if (answer.ok) return
      // The process that held the stream is gone, unless it only has too much to do.
      if (answer.status !== 429) return end(lost)
      await pause(timing, retryAfterOf(answer.headers) ?? usualPause)
      await post(data)
    }
    read().then(end, () => end(lost))
    return {
      send(text) {
        sending = sending.then(() => post(text)).catch(() => end(lost))
      },
      close: () => stop.abort(),
    }
  }

/** Our server puts a document on one line. */
function fieldOf(block: string, name: string): string | undefined {
  const line = block.split(/\r?\n/).find((each) => each.startsWith(`${name}:`))
  return line?.slice(name.length + 1).trimStart()
}
