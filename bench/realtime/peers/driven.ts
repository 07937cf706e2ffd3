// How a benchmark drives a peer: it tells the process what to send to everybody, and in which bursts.
export interface Peer {
  port: number
  /** Sends each message to every connection, one after the other. */
  send(messages: string[]): void
}

export function drive({ port, send }: Peer): void {
  process.on('message', (messages: string[]) => send(messages))
  process.on('disconnect', () => process.exit(0))
  process.send?.({ port })
}
